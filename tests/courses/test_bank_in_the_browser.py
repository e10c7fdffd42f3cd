"""The editor of an item in headless Chromium: the fields of the chosen kind, without script all that there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import Item
from people.roles import Role
from tests import bank
from tests.journeys.test_in_the_browser import FLAGS
from tests.school import build

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Wagtail leaves the file of a new rendition open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FIELDS = ("options", "number_answer", "pairs", "distractors", "gaps", "image", "regions")
SHOWN = {
    "hotspot": {"image", "regions"},
    "single": {"options"},
    "numeric": {"number_answer"},
    "matching": {"pairs", "distractors"},
    "ordering": {"options"},
    "gap": {"gaps"},
}


@pytest.fixture
def author(transactional_db: None) -> Client:
    school = build(questions=bank.items)
    return school.client(school.person("DHS", Role.INSTRUCTOR))


@pytest.fixture
def item(author: Client) -> Item:
    return Item.objects.get(kind="hotspot")


@pytest.fixture
def browser(item: Item, chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def editor(browser: Browser, server: LiveServer, author: Client, item: Item, *, script: bool) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    context.add_cookies([{"name": n, "value": c.value, "url": server.url} for n, c in author.cookies.items()])
    page = context.new_page()
    page.goto(f"{server.url}/en/admin/snippets/courses/item/edit/{item.pk}/")
    return page


def shown(page: Page) -> set[str]:
    return {name for name in FIELDS if page.locator(f"[data-contentpath='{name}']").first.is_visible()}


def test_the_editor_shows_the_fields_of_the_chosen_kind(
    browser: Browser, live_server: LiveServer, author: Client, item: Item
) -> None:
    page = editor(browser, live_server, author, item, script=True)
    page.wait_for_load_state("networkidle")
    for kind, fields in SHOWN.items():
        page.select_option("select[name=kind]", kind)
        assert shown(page) == fields, kind
    plain = editor(browser, live_server, author, item, script=False)
    assert shown(plain) == {"number_answer", "image"}, "Wagtail draws the streams by script, the rest is there"
    for each in browser.contexts:
        each.close()
