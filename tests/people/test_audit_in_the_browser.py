"""The reader of the record in headless Chromium: wide and narrow, in both languages, held to WCAG by axe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from curricula.services.enrollments import withdraw
from people.roles import Role
from tests.journeys.test_in_the_browser import FLAGS, accessible
from tests.school import build

pytestmark = pytest.mark.browser


@pytest.fixture
def session(transactional_db: None) -> str:
    """An administrator's session, after a few deeds."""
    school = build()
    manager = school.person("SHCP", Role.MANAGER)
    _, enrollment, _ = school.trainee("SHCP")
    withdraw(enrollment=enrollment, reason="transfer", by=manager)
    reader = school.client(school.person("SHCP", Role.ADMINISTRATOR))
    return reader.cookies["sessionid"].value


@pytest.fixture
def browser(session: str, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled and ends before it is emptied."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_record_is_read_by_everybody(browser: Browser, session: str, live_server: LiveServer, width: int) -> None:
    size: Any = {"width": width, "height": 900}
    context = browser.new_context(viewport=size)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    for language in ("en", "es"):
        page.goto(f"{live_server.url}/{language}/manage/audit/")
        accessible(page)
    page.select_option("select[name=action]", "curricula.enrollment.withdrawn")
    page.click("main form button[type=submit]")
    page.wait_for_url("**action=curricula.enrollment.withdrawn**")
    assert page.locator("tbody tr").count() == 1
    page.click("tbody a")
    page.wait_for_url("**kind=curricula.enrollment**")
    accessible(page)
    assert page.locator("tbody tr").count() == 2
    context.close()
