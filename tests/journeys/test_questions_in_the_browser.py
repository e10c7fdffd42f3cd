"""The questions in parts and on a picture in headless Chromium: by keyboard alone, each page held to WCAG by axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import Attempt, CourseRecord, Response
from courses.services.attempts import start_attempt
from courses.services.lessons import complete_lesson, open_lesson
from tests import bank
from tests.school import build

from .test_in_the_browser import FLAGS, accessible

pytestmark = pytest.mark.browser


@pytest.fixture
def attempt(transactional_db: None) -> Attempt:
    """An officer's open attempt at a quiz of the four kinds."""
    user, _, record = build(questions=bank.items).trainee()
    for number in (1, 2):
        lesson = {"record": record, "lesson_code": f"CO-101-L{number}", "language": "en", "by": user}
        open_lesson(**lesson)
        complete_lesson(**lesson)
    return start_attempt(record=CourseRecord.objects.get(pk=record.pk), quiz_code="CO-101-Q", language="en", by=user)


@pytest.fixture
def browser(attempt: Attempt, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled: Django's connections differ where a loop runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def answer(page: Page, form: dict[str, str]) -> None:
    """Answer the question on the page by the keyboard alone, as `form` says."""
    for name, value in form.items():
        kind = page.locator(f"[name='{name}']").first.evaluate("field => field.type")
        tab_to(page, f"[name='{name}']")
        if kind == "select-one":
            options = page.locator(f"[name='{name}'] option").evaluate_all("all => all.map(one => one.value)")
            for _ in range(options.index(value)):
                page.keyboard.press("ArrowDown")
        elif kind == "radio":
            zones = page.locator(f"[name='{name}']").evaluate_all("all => all.map(one => one.value)")
            page.keyboard.press("Space")
            for _ in range(zones.index(value)):
                page.keyboard.press("ArrowRight")
        else:
            page.keyboard.type(value.strip())
    accessible(page)
    tab_to(page, "button.button--primary[name=go]")
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 360])
def test_each_kind_is_answered_by_keyboard_and_explained(
    browser: Browser, live_server: LiveServer, attempt: Attempt, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{live_server.url}/en/account/login/")
    page.fill("input[name=login]", attempt.record.person.email)
    page.fill("input[name=password]", "a-long-password")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/login/" not in address)
    page.goto(f"{live_server.url}/en/attempts/{attempt.pk}/")
    for place in attempt.layout:
        accessible(page)
        answer(page, bank.right_form(place))
    accessible(page)
    assert Response.objects.filter(attempt=attempt).count() == 4
    tab_to(page, "form[action$='/review/'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for language in ("en", "es"):
        page.goto(f"{live_server.url}/{language}/attempts/{attempt.pk}/result/")
        accessible(page)
    attempt.refresh_from_db()
    assert attempt.score_percent == 100, "each right answer was kept as it was given"
    page.context.close()
