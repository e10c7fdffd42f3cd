"""The board renews itself in headless Chromium, not under somebody's hands; without script a link does it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from curricula.models import Enrollment
from people import clock
from people.models import User
from people.roles import Role
from tests.journeys.test_in_the_browser import FLAGS
from tests.school import School, build

pytestmark = pytest.mark.browser
BOARD = "/en/manage/cohorts/cohort-1/"


@pytest.fixture
def world(transactional_db: None) -> tuple[School, User]:
    school = build()
    school.trainee()
    return school, school.person("SHCP", Role.MANAGER, language="en")


@pytest.fixture
def browser(world: tuple[School, User], chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled, ends before it is emptied: Django's connections differ where a loop runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Browser, server: LiveServer, world: tuple[School, User], *, script: bool = True) -> Page:
    school, manager = world
    context = browser.new_context(java_script_enabled=script)
    cookies = school.client(manager).cookies.items()
    context.add_cookies([{"name": name, "value": each.value, "url": server.url} for name, each in cookies])
    page = context.new_page()
    page.clock.install()
    page.goto(f"{server.url}{BOARD}")
    return page


def a_minute(page: Page) -> None:
    page.clock.run_for(66_000)


def complete_all() -> None:
    Enrollment.objects.update(state="completed", completed_at=clock.now())


def test_figures_renew_themselves_once_a_minute_and_stay_as_they_were_opened(
    browser: Browser, live_server: LiveServer, world: tuple[School, User]
) -> None:
    page = opened(browser, live_server, world)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/figures/" in request.url else None)
    page.get_by_text("The figures by stage").click()
    page.get_by_role("heading", level=1).click()
    figure = page.locator(".figure__n").first
    expect(figure).to_have_text("0")
    complete_all()
    with page.expect_response("**/figures/**") as first:
        a_minute(page)
    assert first.value.status == 200
    expect(figure).to_have_text("1")
    expect(page.get_by_role("cell", name="100%").first).to_be_visible()
    with page.expect_response("**/figures/**") as second:
        a_minute(page)
    assert second.value.status == 304 and len(asked) == 2
    expect(page.get_by_text("Renewed by itself each minute; last at")).to_be_visible()


def test_nothing_moves_under_somebodys_hands(
    browser: Browser, live_server: LiveServer, world: tuple[School, User]
) -> None:
    page = opened(browser, live_server, world)
    page.get_by_text("The figures by stage").focus()
    complete_all()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/figures/" in request.url else None)
    a_minute(page)
    assert not asked
    expect(page.locator(".figure__n").first).to_have_text("0")


def test_without_script_a_link_renews_the_figures(
    browser: Browser, live_server: LiveServer, world: tuple[School, User]
) -> None:
    page = opened(browser, live_server, world, script=False)
    expect(page.get_by_text("Renewed by itself each minute")).to_be_hidden()
    complete_all()
    page.get_by_role("link", name="Refresh").click()
    expect(page.locator(".figure__n").first).to_have_text("1")
