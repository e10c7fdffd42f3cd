"""Two ways through the product in headless Chromium, by keyboard and pointer, each page held to WCAG by axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import Attempt
from curricula.models import Enrollment
from jobs.models import Job
from jobs.services import run
from lms.demonstration.accounts import PASSWORD, trainee_emails

from .conftest import load_and_live

pytestmark = pytest.mark.browser
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = """[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
    .map(e => e.outerHTML.slice(0, 120)).slice(0, 9)"""
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ROSTER = Path(settings.PUENTE_CONTENT_DIR) / "rosters" / "roster-aga-1500.csv"


@pytest.fixture
def round_of_three(transactional_db: None) -> None:
    load_and_live(officers=3)


@pytest.fixture
def browser(round_of_three: None, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled, ends before it is emptied: Django's connections differ where a loop runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def enter(browser: Browser, server: LiveServer, email: str, width: int, language: str = "en") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{server.url}/{language}/account/login/")
    accessible(page)
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/login/" not in address)
    return page


def accessible(page: Page) -> None:
    """No violation, nothing wider than the window, a heading, and the language of the page."""
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
    violations = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found.response["violations"]]
    assert not violations, f"{page.url}: {violations}"
    width = page.viewport_size["width"]  # type: ignore[index]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        raise AssertionError(f"{page.url} is wider than the window: {page.evaluate(WIDE)}")
    assert page.locator("h1").count() == 1
    assert f"/{page.get_attribute('html', 'lang')}/" in page.url


@pytest.mark.parametrize("width", [1280, 360])
def test_an_officer_changes_language_in_the_middle_of_the_quiz(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    email = next(email for email, language in trainee_emails().items() if language == "es")
    Enrollment.objects.get(person__email=email)
    page = enter(browser, live_server, email, width)
    page.goto(f"{live_server.url}/en/my-learning/")
    accessible(page)
    page.goto(f"{live_server.url}/en/courses/")
    accessible(page)
    page.locator("main a[href*='/courses/co-101']").first.click()
    accessible(page)
    course = page.url
    for number in range(1, page.locator(".lines a[href*='/lesson-']").count() + 1):
        page.goto(course)
        page.locator(".lines a").nth(number - 1).click()
        accessible(page)
        complete = page.locator("form[action$='/complete/'] button")
        if complete.count():
            complete.click()
            page.wait_for_load_state()
    page.goto(f"{course}quiz/")
    accessible(page)
    if page.url.rstrip("/").split("/")[-2] != "attempts":
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/attempts/**")
    attempt = Attempt.objects.latest("pk")
    layout = attempt.layout
    accessible(page)
    for number in range(1, len(layout) + 1):
        expect(page.locator("main")).to_contain_text(str(number))
        if page.locator("main input[type=radio]").count():
            page.locator("main input[type=radio]").first.check()
        elif page.locator("main input[type=checkbox][name^=item]").count():
            page.locator("main input[type=checkbox][name^=item]").first.check()
        else:
            page.locator("main input[name^=item]").first.fill("3")
        if number == 2:
            page.locator("button[name=go][value=language-es]").click()
            page.wait_for_url("**/es/attempts/**")
            accessible(page)
        page.locator("button.button--primary[name=go]").click()
        page.wait_for_load_state()
    page.wait_for_url("**/es/attempts/*/review/")
    accessible(page)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/result/**")
    accessible(page)
    attempt.refresh_from_db()
    assert attempt.state == "submitted" and attempt.layout == layout
    assert Attempt.objects.filter(record=attempt.record).count() == 1
    assert set(attempt.responses.values_list("language", flat=True)) == {"en", "es"}
    page.context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_manager_follows_a_round_imports_a_roster_and_takes_it_away(
    browser: Browser, live_server: LiveServer, tmp_path: Path, width: int
) -> None:
    page = enter(browser, live_server, "gestion@aduanas.example", width, "es")
    page.goto(f"{live_server.url}/es/manage/cohorts/")
    accessible(page)
    page.click("a[href$='/cohorts/aga-1500/']")
    accessible(page)
    page.click("a[href$='/roster/']")
    accessible(page)
    roster = tmp_path / "padron.csv"
    roster.write_bytes(b"".join(ROSTER.read_bytes().splitlines(keepends=True)[:8]))
    page.set_input_files("input[type=file]", roster)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    accessible(page)
    page.click("form[action$='/apply/'] button[type=submit]")
    page.wait_for_url("**/jobs/*/")
    accessible(page)
    run(job_id=Job.objects.latest("pk").pk)
    page.click("a[href*='/manage/rosters/']")
    accessible(page)
    page.click("main a.button--primary[href$='/cohorts/aga-1500/']")
    assert Enrollment.objects.filter(cohort__code="aga-1500").count() == 7
    page.click("a[href$='/export/']")
    accessible(page)
    with page.expect_download() as download:
        page.click("a[href$='progress.csv']")
    assert download.value.suggested_filename == "demonstration-aga-1500-progress.csv"
    page.select_option("select[name=every]", "week")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/jobs/*/")
    run(job_id=Job.objects.latest("pk").pk)
    page.reload()
    with page.expect_download() as download:
        page.click("a[href$='/result/']")
    assert download.value.suggested_filename == "demonstration-aga-1500.xlsx"
    page.goto(f"{live_server.url}/es/manage/cohorts/aga-1500/export/")
    accessible(page)
    for address in (
        "/es/manage/reports/",
        "/es/verify/",
        "/es/",
        "/en/",
        "/es/manage/editions/",
        "/es/manage/editions/1/read/CO-101-L1/",
    ):
        page.goto(f"{live_server.url}{address}")
        accessible(page)
    page.context.close()
