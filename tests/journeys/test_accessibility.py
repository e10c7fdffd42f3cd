"""Every state of an officer's pages, in both languages, held to WCAG 2.2 AA by axe; and how light the first view is.

`docs/accessibility.md` names the states; a state that is not in it fails.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import Accommodation, Attempt, CourseRecord
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from courses.services.breaks import end_break, take_break
from courses.services.notes import keep_note, keep_place
from people import clock
from people.models import User
from people.roles import Role
from tests.school import RIGHT, School, build, lessons_done, with_rules

from .test_in_the_browser import FLAGS, accessible

pytestmark = pytest.mark.browser
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "accessibility.md"
MOST_REQUESTS, MOST_BYTES = 12, 120_000


@dataclass
class Officers:
    """Officers in different places of the course, and a manager."""

    school: School
    reading: User
    sitting: User
    resting: User
    finished: User
    manager: User
    attempts: dict[str, int]
    record: CourseRecord


@pytest.fixture
def world(transactional_db: None) -> Officers:
    school = build()
    reading, _, read = school.trainee()
    school.client(reading).get("/en/courses/co-101/lesson-1/")
    keep_place(record=read, lesson_code="CO-101-L1", place="second")
    keep_note(person=reading, course_code="CO-101", lesson_code="CO-101-L1", text="A note", is_bookmarked=True)
    attempts = {}

    def sit(name: str, right: int, **rules: object) -> tuple[User, CourseRecord, Attempt]:
        user, _, record = school.trainee()
        Accommodation.objects.create(
            person=user, extra_time_percent=50, breaks_allowed=3, break_minutes=10, granted_at=clock.now()
        )
        record = lessons_done(with_rules(record, **rules))
        attempt = start_attempt(record=record, quiz_code="CO-101-Q", language="en", by=user)
        given = {place["item"]: RIGHT[place["item"][-2:]] for place in attempt.layout[:right]}
        save_answers(attempt=attempt, given=given, language="en", by=user, flags=dict.fromkeys(given, True))
        attempts[name] = attempt.pk
        return user, record, attempt

    sitting, _, _ = sit("open", 2)
    resting, _, attempt = sit("break", 1, feedback="immediately")
    take_break(attempt=attempt, by=resting)
    finished, record, passed = sit("passed", 5)
    submit_attempt(attempt=passed, language="en", by=finished)
    waiting, _, failed = sit("failed", 1, feedback="after_closing", wait_hours=24)
    submit_attempt(attempt=failed, language="en", by=waiting)
    attempts["waiting"] = waiting.pk
    attempts["officer"] = waiting.enrollments.get().pk
    manager = school.person("SHCP", Role.MANAGER)
    return Officers(school, reading, sitting, resting, finished, manager, attempts, record)


@pytest.fixture
def browser(world: Officers, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled: Django's connections differ where a loop runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def cookies_of(client: Client, server: LiveServer) -> list[dict[str, str]]:
    return [{"name": name, "value": each.value, "url": server.url} for name, each in client.cookies.items()]


States = dict[str, tuple[str, str]]


def states(world: Officers) -> States:
    """What is looked at: its name in the document → whose browser, and the address after the language."""
    attempt = world.attempts
    course = "courses/co-101/"
    return {
        "catalog": ("reading", "courses/"),
        "catalog, nothing found": ("reading", "courses/?q=submarine"),
        "course, under way": ("reading", course),
        "course, completed": ("finished", course),
        "lesson, with place, bookmark and note": ("reading", course + "lesson-1/"),
        "lesson, case walked and check answered": ("reading", course + "lesson-1/?case-case=1&check-one=B"),
        "lesson, completed": ("finished", course + "lesson-1/"),
        "lesson, text alone": ("reading", course + "lesson-1/text/"),
        "search, empty": ("reading", "search/"),
        "search, found": ("reading", "search/?q=bold"),
        "search, nothing found": ("reading", "search/?q=submarine"),
        "bookmarks and notes": ("reading", "my-notes/"),
        "bookmarks and notes, none": ("finished", "my-notes/"),
        "quiz, not open yet": ("reading", course + "quiz/"),
        "quiz, under way, with what was granted": ("sitting", course + "quiz/"),
        "quiz, passed": ("finished", course + "quiz/"),
        "quiz, waiting for the next attempt": ("waiting", course + "quiz/"),
        "question, answered and flagged": ("sitting", f"attempts/{attempt['open']}/"),
        "question, not answered": ("sitting", f"attempts/{attempt['open']}/?page=3"),
        "question, connection lost": ("sitting", f"attempts/{attempt['open']}/?page=4"),
        "review before handing in": ("sitting", f"attempts/{attempt['open']}/review/"),
        "break": ("resting", f"attempts/{attempt['break']}/break/"),
        "question, explained at once": ("resting", f"attempts/{attempt['break']}/"),
        "result, passed": ("finished", f"attempts/{attempt['passed']}/result/"),
        "result, not passed, explained later": ("waiting", f"attempts/{attempt['failed']}/result/"),
        "my learning": ("reading", "my-learning/"),
        "my learning, completed": ("finished", "my-learning/"),
        "training record": ("finished", "my-learning/record/"),
        "evaluation of a course": ("finished", f"my-learning/evaluate/{world.record.pk}/"),
        "board of a cohort": ("manager", "manage/cohorts/cohort-1/"),
        "board of a cohort, narrowed to nobody": ("manager", "manage/cohorts/cohort-1/?state=withdrawn"),
        "office of a cohort": ("manager", f"manage/cohorts/cohort-1/offices/{world.manager.office_id}/"),
        "officer of a cohort": ("manager", f"manage/cohorts/cohort-1/officers/{world.attempts['officer']}/learning/"),
        "difficulty of the questions": ("manager", "manage/cohorts/cohort-1/items/"),
        "evaluations of a cohort": ("manager", "manage/cohorts/cohort-1/evaluations/"),
        "accommodations": ("manager", "manage/accommodations/"),
        "accommodations, nobody found": ("manager", "manage/accommodations/?q=submarine"),
        "accommodation of an officer": ("manager", f"manage/accommodations/{world.sitting.pk}/"),
    }


def lose_the_connection(context: BrowserContext, page: Page) -> None:
    page.wait_for_selector("#answers[data-ready]", state="attached")
    context.set_offline(True)
    expect(page.locator("[data-quiz-lost] .notice")).to_be_visible()


def test_every_state_is_accessible_in_both_languages(
    browser: Browser, live_server: LiveServer, world: Officers
) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    known = states(world)
    people = {name: getattr(world, name) for name in ("reading", "sitting", "resting", "finished", "manager")}
    contexts: dict[str, BrowserContext] = {}
    looked_at = 0
    unnamed = [name for name in known if f"| {name} |" not in document]
    after: dict[str, Callable[[BrowserContext, Page], None]] = {"question, connection lost": lose_the_connection}
    for name, (who, address) in known.items():
        if who not in contexts:
            person = people.get(who) or User.objects.get(pk=world.attempts["waiting"])
            contexts[who] = browser.new_context(viewport={"width": 320, "height": 800}, reduced_motion="reduce")
            contexts[who].add_cookies(cookies_of(world.school.client(person), live_server))
        if name == "question, explained at once":
            end_break(attempt=Attempt.objects.get(pk=world.attempts["break"]), by=world.resting)
        for language in ("en", "es"):
            page = contexts[who].new_page()
            page.goto(f"{live_server.url}/{language}/{address}")
            if name in after:
                after[name](contexts[who], page)
            accessible(page)
            contexts[who].set_offline(False)
            page.close()
            looked_at += 1
    for context in contexts.values():
        context.close()
    assert not unnamed, f"not in docs/accessibility.md: {unnamed}"
    assert f"{len(known)} states × 2 languages = {looked_at} pages" in document


def test_the_first_view_of_a_lesson_is_light(browser: Browser, live_server: LiveServer, world: Officers) -> None:
    context = browser.new_context()
    context.add_cookies(cookies_of(world.school.client(world.reading), live_server))
    page = context.new_page()
    seen: list[Response] = []
    page.on("response", lambda response: seen.append(response))
    page.goto(f"{live_server.url}/es/courses/co-101/lesson-1/")
    page.wait_for_load_state("networkidle")
    sizes = {response.url: len(gzip.compress(response.body())) for response in seen}
    context.close()
    assert len(seen) <= MOST_REQUESTS, sorted(sizes)
    assert sum(sizes.values()) <= MOST_BYTES, sizes
