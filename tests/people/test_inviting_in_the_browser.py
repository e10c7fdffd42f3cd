"""Inviting and getting in, in headless Chromium: each page held to WCAG by axe, nothing refused by the policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from people.models import Agency, User
from people.roles import Role
from people.services.posting import send_due_letters
from tests.journeys.test_in_the_browser import FLAGS, accessible
from tests.school import School, build

from .conftest import link_in, mailbox
from .test_entrances import code_of

pytestmark = pytest.mark.browser


@pytest.fixture
def committed_school(transactional_db: None) -> School:
    school = build()
    school.person("SHCP", Role.ADMINISTRATOR, language="es")
    Agency.objects.get(code="AGA")
    return school


@pytest.fixture
def browser(committed_school: School, chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def enter(browser: Browser, server: LiveServer, email: str, width: int) -> tuple[Page, list[str]]:
    page, complaints = browser.new_page(viewport={"width": width, "height": 900}), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{server.url}/es/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", "a-long-password")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/login/" not in address)
    page.fill("input[name=code]", code_of(User.objects.get(email=email)))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/2fa/" not in address)
    return page, complaints


@pytest.mark.parametrize("width", [1280, 360])
def test_an_administrator_invites_and_the_person_gets_in(
    browser: Browser, live_server: LiveServer, committed_school: School, width: int
) -> None:
    administrator = User.objects.get(grants__role=Role.ADMINISTRATOR)
    page, complaints = enter(browser, live_server, administrator.email, width)
    page.goto(f"{live_server.url}/es/manage/invitations/")
    accessible(page)
    page.click("main a[href$='/invitations/new/']")
    accessible(page)
    page.fill("input[name=email]", "nueva@aduanas.example")
    page.fill("input[name=given_names]", "Ximena")
    page.fill("input[name=surname_1]", "Güemes")
    for name in ("agency", "office"):
        page.select_option(f"select[name={name}]", index=1)
    page.select_option("select[name=language]", "es")
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("nueva@aduanas.example")
    accessible(page)
    list(send_due_letters())
    page.goto(f"{live_server.url}/es/manage/letters/")
    accessible(page)
    page.goto(f"{live_server.url}/es/manage/letters/kinds/invitation/")
    accessible(page)
    for number in (0, 1):
        frame = page.frame_locator("iframe").nth(number)
        expect(frame.locator("h1")).to_contain_text("Puente")
        assert frame.locator("h1").evaluate("element => getComputedStyle(element).fontSize") == "22px"
    guest = browser.new_page(viewport={"width": width, "height": 900})
    guest.goto(f"{live_server.url}{link_in(mailbox()[-1])}")
    assert guest.url == f"{live_server.url}/es/invitation/"
    accessible(guest)
    guest.fill("input[name=password]", "quiet-river-52")
    guest.fill("input[name=again]", "quiet-river-52")
    guest.keyboard.press("Enter")
    guest.wait_for_url("**/es/my-learning/")
    guest.goto(f"{live_server.url}{link_in(mailbox()[-1])}")
    accessible(guest)
    assert not complaints, complaints
