"""Chromium reports every violation of a policy: the pages of the house and of the administration cause none, and the
administration does all its work under it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from wagtail.images.models import Image as WagtailImage

from courses.models import CoursePage, LessonPage, QuizPage
from lms.demonstration.accounts import HOLDER, PASSWORD
from people.models import User
from tests.journeys.conftest import load_and_live
from tests.journeys.test_in_the_browser import FLAGS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),  # Wagtail's
]
ROOT = "root@puente.example"
HOUSE = (
    "/en/", "/es/courses/", "/en/courses/co-101/", "/es/verify/", "/en/account/login/", "/en/account/password/reset/",
    "/en/nowhere/",
)  # fmt: skip
SIGNED_IN = ("/en/my-learning/", "/en/jobs/", "/en/account/password/change/", "/en/account/email/", "/es/account/2fa/",
             "/en/account/reauthenticate/", "/en/account/logout/")  # fmt: skip
MANAGING = ("/en/manage/cohorts/", "/es/manage/cohorts/aga-1500/", "/en/manage/cohorts/aga-1500/roster/",
            "/en/manage/editions/", "/en/manage/reports/")  # fmt: skip
ADMIN = (
    "", "pages/", "pages/search/?q=seal", "images/", "documents/", "account/", "users/", "users/new/", "groups/",
    "groups/new/", "collections/add/", "workflows/add/", "reports/site-history/", "reports/locked/",
    "snippets/courses/item/", "snippets/courses/item/add/", "snippets/curricula/cohort/add/",
    "snippets/curricula/curriculum/add/", "snippets/people/participant/", "snippets/people/rolegrant/add/",
    "snippets/certificates/signatory/add/", "images/multiple/add/", "documents/multiple/add/",
)  # fmt: skip


class Watcher:
    """Keeps what a page reports: violations, and errors of its scripts."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.found.append(f"{message.location['url']}: {message.text[:200]}")


@pytest.fixture
def stage(transactional_db: None) -> None:
    load_and_live(officers=3)
    User.objects.create_superuser(ROOT, PASSWORD, given_names="Root", preferred_language="en", is_demo=True)


@pytest.fixture
def browser(stage: None, chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
    gc.collect()  # while what Wagtail leaves open when it scales a picture is forgiven


@contextmanager
def watched(browser: Browser, server: LiveServer, email: str = "") -> Iterator[Page]:
    """A page of a new browser, signed in; afterwards nothing may have been reported."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    watcher = Watcher(page)
    if email:
        enter(page, server, email)
    yield page
    context.close()
    assert not watcher.found


def enter(page: Page, server: LiveServer, email: str) -> None:
    page.goto(f"{server.url}/en/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/login/" not in address)


def visit(page: Page, server: LiveServer, *paths: str) -> None:
    for path in paths:
        page.goto(f"{server.url}{path}")
        page.wait_for_load_state("networkidle")


def test_the_house_obeys_its_policy(browser: Browser, live_server: LiveServer) -> None:
    with watched(browser, live_server) as page:
        visit(page, live_server, *HOUSE)
    with watched(browser, live_server, HOLDER) as page:
        visit(page, live_server, *SIGNED_IN)
    with watched(browser, live_server, "gestion@aduanas.example") as page:
        visit(page, live_server, *MANAGING)


def test_the_policy_is_alive(browser: Browser, live_server: LiveServer) -> None:
    """What an attacker would write into a page does not run, and the test above would see it."""
    page = browser.new_page()
    watcher = Watcher(page)
    page.goto(f"{live_server.url}/en/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.evil = 1\">')")
    page.wait_for_timeout(300)
    assert watcher.found and page.evaluate("window.evil") is None
    page.context.close()


def test_the_administration_obeys_its_policy(browser: Browser, live_server: LiveServer) -> None:
    course, lesson, quiz = (m.objects.order_by("path").first() for m in (CoursePage, LessonPage, QuizPage))
    assert course and lesson and quiz
    pages = [f"pages/{each.pk}/edit/" for each in (course, lesson, quiz)]
    pages += [f"pages/{course.pk}/", f"pages/{lesson.pk}/history/", f"pages/{lesson.pk}/delete/",
              f"pages/{course.pk}/copy/", f"pages/add/courses/lessonpage/{course.pk}/"]  # fmt: skip
    with watched(browser, live_server, ROOT) as page:
        visit(page, live_server, *(f"/en/admin/{path}" for path in (*ADMIN, *pages)))


def test_an_author_works_under_the_policy(browser: Browser, live_server: LiveServer) -> None:
    lesson, quiz = LessonPage.objects.order_by("path").first(), QuizPage.objects.order_by("path").first()
    assert lesson and quiz
    with watched(browser, live_server, ROOT) as page:
        visit(page, live_server, f"/en/admin/pages/{lesson.pk}/edit/")
        page.locator("[data-side-panel-toggle=preview]").click()
        preview = page.frame_locator("#w-preview-iframe, iframe[data-preview-iframe], iframe").first
        expect(preview.locator("h1")).to_contain_text(lesson.title_en)
        page.locator("[data-side-panel-toggle=checks]").click()
        page.locator("[data-side-panel-toggle=comments]").click()
        blocks = page.locator("[data-streamfield-stream-container] > div")
        before = blocks.count()
        page.locator(".c-sf-add-button").first.click()
        page.locator("[role=option]").first.click()
        expect(blocks).not_to_have_count(before)
        visit(page, live_server, f"/en/admin/pages/{quiz.pk}/edit/")
        page.locator("button[id$='quiz_items-ADD']").click()
        page.locator("button[data-chooser-action-choose]:visible").first.click()
        page.locator(".modal a[data-chooser-modal-choice]").first.click()
        expect(page.locator(".modal-body")).to_have_count(0)


def test_an_administrator_works_under_the_policy(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    picture = tmp_path / "port.png"
    Image.new("RGB", (640, 480), (20, 90, 120)).save(picture)
    with watched(browser, live_server, ROOT) as page:
        visit(page, live_server, "/en/admin/snippets/people/rolegrant/add/")
        page.locator("input[name=from_on]").click()
        expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
        visit(page, live_server, "/en/admin/snippets/curricula/curriculum/add/")
        page.locator("button[id$='-ADD']").first.click()
        page.locator("button[data-chooser-action-choose]:visible").first.click()
        expect(page.locator(".modal-body")).to_be_visible()
        visit(page, live_server, "/en/admin/images/multiple/add/")
        page.set_input_files("input[type=file]", picture)
        expect(page.locator(".upload-success")).to_have_count(1)
        visit(page, live_server, "/en/admin/reports/site-history/")
        page.locator("button[aria-label='Show filters'], button:has-text('Filter')").first.click()
        visit(page, live_server, "/en/admin/workflows/add/")
        page.locator("button[id$='-ADD']").first.click()
        page.locator("button[data-chooser-action-choose]:visible").first.click()
        expect(page.locator(".modal-body")).to_be_visible()


def test_a_picture_is_edited_with_one_known_report(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    """The cropping tool asks by three `ontouch…` attributes whether there is a touch screen. That is blocked, and it
    takes the answer no."""
    data = BytesIO()
    Image.new("RGB", (64, 48), (20, 90, 120)).save(data, "PNG")
    picture = WagtailImage.objects.create(title="Port", file=ContentFile(data.getvalue(), "port.png"))
    page = browser.new_page()
    watcher = Watcher(page)
    enter(page, live_server, ROOT)
    visit(page, live_server, f"/en/admin/images/{picture.pk}/")
    reports = {report.split(": ", 1)[1][:33] for report in watcher.found}
    assert reports <= {"Executing inline event handler vi"}
    page.context.close()
