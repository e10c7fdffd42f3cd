"""Practical exercises in headless Chromium: each page held to WCAG, a tablet whose link is lost, and the whole way of
an officer on a phone without JavaScript, in Spanish, with the language changed at each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import Attempt, CourseRecord, ExerciseAssessment
from courses.services.assessments import Mark, save_steps
from courses.services.confirming import correct_assessment
from people.models import User
from tests.courses.practice import begin, instructor, school_with_exercise, score
from tests.school import RIGHT, School, build

from .test_accessibility import cookies_of
from .test_in_the_browser import FLAGS, accessible

pytestmark = pytest.mark.browser
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "accessibility.md"


@dataclass
class Practice:
    """Two instructors, an officer with a result that was corrected, one being scored, one not begun."""

    school: School
    teacher: User
    second: User
    officer: User
    learner: User
    record: CourseRecord
    assessments: dict[str, ExerciseAssessment]


@pytest.fixture
def world(transactional_db: None) -> Practice:
    school = school_with_exercise(build())
    teacher, second = instructor(school, given_names="Inés"), instructor(school)
    officer, _, done = school.trainee()
    wrong = score(begin(done, teacher), teacher, {1: 0, 2: 2})
    corrected = correct_assessment(assessment=wrong, reason="El paso 1 sí se hizo", by=second)
    save_steps(assessment=corrected, marks={1: Mark(2, "Visto por ambos")}, by=second, remarks="Bien en conjunto")
    score(corrected, second, {1: 2})
    going = begin(school.trainee()[2], teacher)
    learner, _, record = school.trainee()
    known = {"final": corrected, "corrected": wrong, "open": going}
    return Practice(school, teacher, second, officer, learner, record, known)


@pytest.fixture
def browser(world: Practice, chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def states(world: Practice) -> dict[str, tuple[User, str]]:
    """Name in the document → whose browser, and the address after the language."""
    sheets = {name: f"manage/assessments/{each.pk}/" for name, each in world.assessments.items()}
    officers = f"manage/exercises/{world.school.cohort.code}/CO-101/P9/"
    return {
        "exercises to score": (world.teacher, "manage/exercises/"),
        "officers of an exercise": (world.teacher, officers),
        "officers of an exercise, nobody found": (world.teacher, f"{officers}?q=submarine"),
        "sheet of an exercise, being scored": (world.teacher, sheets["open"]),
        "sheet of an exercise, of a colleague": (world.second, sheets["open"]),
        "sheet of an exercise, corrected": (world.teacher, sheets["corrected"]),
        "sheet of an exercise, final": (world.teacher, sheets["final"]),
        "exercise, with results": (world.officer, "courses/co-101/exercises/p9/"),
        "exercise, not done yet": (world.learner, "courses/co-101/exercises/p9/"),
        "course with an exercise that counts": (world.learner, "courses/co-101/"),
        "my learning, with an exercise": (world.officer, "my-learning/"),
        "training record, with an exercise": (world.officer, "my-learning/record/"),
    }


def opened(browser: Browser, server: LiveServer, world: Practice, user: User, **options: object) -> BrowserContext:
    context = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
    context.add_cookies(cookies_of(world.school.client(user), server))  # type: ignore[arg-type]
    return context


def test_every_state_is_accessible_in_both_languages(
    browser: Browser, live_server: LiveServer, world: Practice
) -> None:
    document, known, looked_at = DOCUMENT.read_text(encoding="utf-8"), states(world), 0
    for user, address in known.values():
        context = opened(browser, live_server, world, user, viewport={"width": 320, "height": 800})
        for language in ("en", "es"):
            page = context.new_page()
            page.goto(f"{live_server.url}/{language}/{address}")
            accessible(page)
            looked_at += 1
        context.close()
    unnamed = [name for name in known if f"| {name} |" not in document]
    assert not unnamed, f"not in docs/accessibility.md: {unnamed}"
    assert f"{len(known)} states × 2 languages = {looked_at} pages" in document


def test_a_tablet_saves_each_step_and_sends_what_a_lost_link_kept(
    browser: Browser, live_server: LiveServer, world: Practice
) -> None:
    context = opened(browser, live_server, world, world.teacher, viewport={"width": 820, "height": 1180})
    page = context.new_page()
    page.goto(f"{live_server.url}/es/manage/assessments/{world.assessments['open'].pk}/")
    steps = world.assessments["open"].steps
    page.locator("#step-1 input[value='2']").check()
    expect(page.locator("[data-receipt]")).to_contain_text("Guardado en el servidor")
    assert dict(steps.values_list("number", "points")) == {1: 2}
    context.set_offline(True)
    page.locator("#step-2 input[value='1']").check()
    expect(page.locator("[data-receipt]")).to_contain_text("Aún no se guarda")
    page.locator("#step-1 input[value='0']").check()
    assert dict(steps.values_list("number", "points")) == {1: 2}
    context.set_offline(False)
    expect(page.locator("[data-receipt]")).to_contain_text("Guardado en el servidor")
    page.wait_for_load_state("networkidle")
    assert dict(steps.values_list("number", "points")) == {1: 0, 2: 1}, "in the order in which they were marked"
    page.locator("button[value=hand_in]").click()
    expect(page.locator("main")).to_contain_text("Pasos críticos sin realizar: 1")
    context.close()


def other_language(page: Page) -> None:
    """Change to the other language and back: the same place, nothing lost."""
    for language in ("en", "es"):
        page.locator(f".lang [lang={language}]").click()
        page.wait_for_url(f"**/{language}/**")
        assert page.get_attribute("html", "lang") == language


def test_a_phone_without_javascript_goes_from_the_lesson_to_the_result_of_the_exercise(
    browser: Browser, live_server: LiveServer, world: Practice
) -> None:
    options = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
    context = opened(browser, live_server, world, world.learner, **options)
    page = context.new_page()
    page.goto(f"{live_server.url}/es/courses/co-101/")
    other_language(page)
    page.get_by_role("link", name="Iniciar la lección 1").or_(page.locator("main a[href$='/lesson-1/']")).first.click()
    for _ in range(2):
        other_language(page)
        page.locator("form[action$='/complete/'] button").click()
    assert page.url.endswith("/es/courses/co-101/quiz/")
    other_language(page)
    page.locator("main form button[type=submit]").click()
    assert "/es/attempts/" in page.url
    answer_all(page)
    assert page.url.endswith("/review/")
    other_language(page)
    page.locator("main form[action$='/review/'] button").click()
    expect(page.locator("main")).to_contain_text("5 de 5")
    other_language(page)
    world.record.refresh_from_db()
    assert Attempt.objects.get(record=world.record).passed and world.record.percent == 75
    assert narrow(page), "nothing is wider than the phone"
    score(begin(world.record, world.second), world.second)
    page.goto(f"{live_server.url}/es/my-learning/")
    page.locator("main a[href$='/exercises/p9/']").click()
    expect(page.locator("main")).to_contain_text("Intento 1")
    expect(page.locator("main")).to_contain_text("First step (español)")
    other_language(page)
    assert narrow(page)
    world.record.refresh_from_db()
    assert world.record.completed_at
    context.close()


def answer_all(page: Page) -> None:
    """Each question answered, and the language changed on its page with the answer given."""
    layout = Attempt.objects.latest("pk").layout
    for place, drawn in enumerate(layout):
        code = drawn["item"]
        for value in RIGHT[code[-2:]]:
            text = page.locator(f"main input.input[name='item-{code}']")
            if text.count():
                text.fill(value)
            else:
                page.locator(f"main input[name='item-{code}'][value='{value}']").check()
        for language in ("en", "es"):
            page.locator(f".lang button[lang={language}]").click()
            page.wait_for_url(f"**/{language}/**")
        page.locator(f"main form#answers button[value='{place + 2 if place + 1 < len(layout) else 'review'}']").click()


def narrow(page: Page) -> bool:
    """Without script the page cannot be asked; a picture of all of it is as wide as what it shows."""
    return int.from_bytes(page.screenshot(full_page=True)[16:20]) == page.viewport_size["width"]  # type: ignore[index]
