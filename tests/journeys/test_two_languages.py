"""An author writes a lesson in Spanish, a colleague renders the English, approvers of both sides approve, it is live in
both languages at once; then an edit makes exactly one pair stale."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import CoursePage, LessonPage, TextPair
from people.roles import Role
from tests.courses.test_parity import write
from tests.school import School, build

from .test_in_the_browser import FLAGS, accessible

pytestmark = pytest.mark.browser
State = TextPair.State


@pytest.fixture
def school(transactional_db: None) -> School:
    return build()


@pytest.fixture
def clients(school: School) -> tuple[Client, Client]:
    """The author of the Mexican side and the colleague of the other one."""
    sides = ("SHCP", "es"), ("DHS", "en")
    people = [school.person(side, Role.INSTRUCTOR, language=language) for side, language in sides]
    return school.client(people[0]), school.client(people[1])


@pytest.fixture
def approvers(school: School) -> list[Client]:
    """One of each side."""
    return [school.client(school.person(side, Role.APPROVER, language="en")) for side in ("SHCP", "DHS")]


@pytest.fixture
def browser(clients: tuple[Client, Client], chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def page_of(browser: Browser, server: LiveServer, client: Client, width: int = 1280) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context.new_page()


def save(page: Page) -> None:
    page.wait_for_timeout(500)  # Wagtail takes up what was typed before it lets a draft be saved
    page.locator("button.action-save:visible").first.click()
    page.wait_for_url("**/edit/**")
    page.wait_for_load_state()


def publish(browser: Browser, server: LiveServer, author: Page, approvers: list[Client]) -> None:
    """The author proposes; one of each side approves what the page shows; the second publishes."""
    author.goto(f"{server.url}/es/manage/editions/")
    author.get_by_role("button", name="Proponer una edición: Oficial de aduanas").click()
    author.wait_for_url("**/editions/*/")
    number = author.url.rstrip("/").rsplit("/", 1)[1]
    for approver in approvers:
        page = page_of(browser, server, approver)
        page.goto(f"{server.url}/en/manage/approvals/")
        page.locator(f"main a[href$='/editions/{number}/']").first.click()
        accessible(page)
        page.get_by_label("I have read this content in both languages.").check()
        page.get_by_role("button", name="Approve for").click()
        page.wait_for_load_state()
    page.goto(f"{server.url}/en/manage/editions/{number}/")
    page.get_by_role("button", name="Publish in both languages").click()
    expect(page.locator("main")).to_contain_text("The edition is published in both languages.")


def test_a_lesson_goes_from_spanish_to_english_to_both_approvals_and_an_edit_makes_one_pair_stale(
    browser: Browser, live_server: LiveServer, clients: tuple[Client, Client], approvers: list[Client]
) -> None:
    course = CoursePage.objects.get()
    author = page_of(browser, live_server, clients[0])
    author.goto(f"{live_server.url}/es/admin/pages/add/courses/lessonpage/{course.pk}/")
    author.fill("[name=title_es]", "Una lección nueva")
    author.fill("[name=code]", "CO-101-L3")
    author.locator("button.c-sf-add-button").first.click()
    author.get_by_text("párrafos", exact=True).last.click()
    author.fill("[name=body-0-value-es]", "Un párrafo en español.")
    save(author)
    lesson = LessonPage.objects.get(code="CO-101-L3")
    pairs = TextPair.objects.filter(page=lesson.pk)
    assert {(pair.names, pair.state) for pair in pairs} == {("title", State.MISSING_EN), ("prose", State.MISSING_EN)}

    colleague = page_of(browser, live_server, clients[1])
    colleague.goto(f"{live_server.url}/en/manage/parity/CO/?state=open")
    accessible(colleague)
    colleague.locator("tbody a").first.click()
    expect(colleague.locator("[name=title_en]")).to_be_focused()
    assert colleague.locator("[name=title_en]").get_attribute("lang") == "en"
    colleague.keyboard.type("A new lesson")
    colleague.keyboard.press("Alt+Shift+N")
    expect(colleague.locator("[name=body-0-value-en]")).to_be_focused()
    colleague.keyboard.type("A paragraph in English.")
    save(colleague)
    expect(colleague.locator("[data-count=confirmed]")).to_have_text("2")
    assert not TextPair.objects.open().exists()

    publish(browser, live_server, author, approvers)
    for language, title in (("es", "Una lección nueva"), ("en", "A new lesson")):
        colleague.goto(f"{live_server.url}/{language}/courses/co-101/{lesson.slug}/")
        expect(colleague.locator("h1")).to_have_text(title)

    colleague.goto(f"{live_server.url}/en/admin/pages/{lesson.pk}/edit/")
    author.goto(f"{live_server.url}/es/admin/pages/{lesson.pk}/edit/")
    author.fill("[name=body-0-value-es]", "Un párrafo en español, con un matiz.")
    save(author)
    [stale] = TextPair.objects.open()
    assert (stale.names, stale.state) == ("prose", State.STALE_EN)

    colleague.reload()
    mark = colleague.locator(".parity__mark--here[data-state=stale]")
    expect(mark.locator("ins").first).to_contain_text("español,")
    mark.locator("[data-confirm]").click()
    colleague.keyboard.type("The English says it already")
    colleague.keyboard.press("Enter")
    expect(colleague.locator("[data-count=stale]")).to_have_text("0")
    stale.refresh_from_db()
    assert (stale.state, stale.reason) == (State.CONFIRMED, "The English says it already")


@pytest.mark.parametrize("width", [1280, 360])
def test_board_confirmation_and_import_are_for_everybody(
    browser: Browser, live_server: LiveServer, clients: tuple[Client, Client], width: int
) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1")
    pair = TextPair.objects.get(page=lesson.pk, names="prose")
    write(lesson, None, {(pair.path, "en"): "Another text"})
    page = page_of(browser, live_server, clients[0], width)
    for place in ("parity/CO/", "parity/CO/import/", f"pairs/{pair.pk}/confirm/"):
        for language in ("en", "es"):
            page.goto(f"{live_server.url}/{language}/manage/{place}")
            accessible(page)
