"""Choosing a design in headless Chromium: the preview follows the form, with and without JavaScript; held to WCAG."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from certificates.models import CertificateDesign
from people.roles import Role
from tests.journeys.test_in_the_browser import FLAGS, accessible

from .conftest import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_worker")]


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def session(db: None) -> str:
    world: World = build_world()
    client = Client()
    client.force_login(
        world.officer("Autora Del Programa", "SHCP", Role.INSTRUCTOR), "django.contrib.auth.backends.ModelBackend"
    )
    return client.cookies["sessionid"].value


def is_drawn(picture: Locator) -> None:
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000


@pytest.mark.parametrize(("width", "language", "scripts"), [(1280, "en", True), (360, "es", True), (1280, "es", False)])
def test_the_preview_follows(
    browser: Browser, live_server: LiveServer, session: str, width: int, language: str, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/manage/certificate-designs/IN/")
    pictures = page.locator("img.sheet")
    expect(pictures).to_have_count(2)
    if scripts:
        accessible(page)
        is_drawn(pictures.first)
    page.check("input[value=river]")
    page.fill("input[name=opening_en]", "Be it known that")
    if scripts:
        expect(page.locator("[data-design-status]")).to_contain_text("Be it known that")
    page.fill("input[name=opening_es]", "Se hace saber que")
    if not scripts:
        page.click("button[name=preview]")
    for number in range(2):
        expect(pictures.nth(number)).to_have_attribute("src", re.compile("code=river.*opening_en=Be"))
        if scripts:
            is_drawn(pictures.nth(number))
    assert not CertificateDesign.objects.exists()
    page.click("button[name=save]")
    expect(page.locator("input[value=river]")).to_be_checked()
    assert CertificateDesign.objects.get().opening_es == "Se hace saber que"
    context.close()
