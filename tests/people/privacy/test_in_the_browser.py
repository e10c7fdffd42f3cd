"""The pages of one's own data and of erasure in headless Chromium: held to WCAG by axe, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from jobs.models import Job
from jobs.services import run
from people.models import User
from tests.journeys.test_in_the_browser import FLAGS, accessible

from .conftest import Life, learn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_worker")]


@pytest.fixture
def browser(life: Life, chromium: str) -> Iterator[Browser]:
    learn(life)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def signed_in(browser: Browser, server: LiveServer, life: Life, person: User, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    session = life.school.client(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    return page


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "es")])
def test_the_pages_can_be_used_by_everybody(
    life: Life, browser: Browser, live_server: LiveServer, width: int, language: str
) -> None:
    page = signed_in(browser, live_server, life, life.person, width)
    page.goto(f"{live_server.url}/{language}/my-data/")
    accessible(page)
    with page.expect_navigation(url="**/jobs/*/"):
        page.locator("form[action$='/my-data/files/'] button").click()
    run(job_id=Job.objects.get(kind="my_data").pk)
    page.goto(f"{live_server.url}/{language}/my-data/")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == "puente-my-data.pdf"
    page.close()

    page = signed_in(browser, live_server, life, life.administrator, width)
    page.goto(f"{live_server.url}/{language}/manage/erasure/")
    accessible(page)
    page.fill("input[name=who]", "nobody@nowhere.example")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    accessible(page)
    page.fill("input[name=who]", life.person.email)
    with page.expect_navigation(url="**/manage/erasure/*/"):
        page.keyboard.press("Enter")
    accessible(page)
    page.select_option("select[name=reason]", "requested")
    page.fill("input[name=confirmation]", life.person.officer_number)
    with page.expect_navigation(url="**/manage/erasure/"):
        page.keyboard.press("Enter")
    accessible(page)
    assert User.objects.get(pk=life.person.pk).erased_at
