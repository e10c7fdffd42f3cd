"""Every entrance in headless Chromium, and the lock over a quiz; each page held to WCAG by axe, wide and narrow."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import Attempt, Response
from people.models import User
from people.roles import Role
from tests.people.test_entrances import code_in_mail
from tests.school import School, build

from .test_in_the_browser import FLAGS, accessible

pytestmark = pytest.mark.browser
PASSWORD = "a-long-password"
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@pytest.fixture
def school(transactional_db: None, own_cache: None) -> School:
    return build()


@pytest.fixture
def browser(school: School, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled, ends before it is emptied: Django's connections differ where a loop runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def address(server: LiveServer, path: str) -> str:
    """Passkeys belong to a name: the server under `localhost`."""
    return server.url.replace("127.0.0.1", "localhost") + path


def new_page(browser: Browser, width: int = 1280) -> Page:
    return browser.new_context(viewport={"width": width, "height": 900}).new_page()


def by_password(page: Page, server: LiveServer, user: User, *, language: str = "en") -> None:
    page.goto(address(server, f"/{language}/account/login/"))
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def sign_out(page: Page) -> None:
    page.locator("header form[action$='/logout/'] button").click()
    page.wait_for_url("**/account/login/")


def with_passkeys(page: Page) -> None:
    """A phone or computer that keeps passkeys and checks its owner, played by Chromium itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_a_passkey(page: Page, server: LiveServer, *, look: bool = True) -> None:
    page.goto(address(server, "/en/account/2fa/webauthn/add/"))
    if "/reauthenticate/" in page.url:
        if look:
            accessible(page)
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/webauthn/add/")
    if look:
        accessible(page)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)


@WIDTHS
def test_by_password(browser: Browser, live_server: LiveServer, school: School, width: int) -> None:
    user = school.person(role=Role.TRAINEE, language="es")
    page = new_page(browser, width)
    page.goto(address(live_server, "/es/account/login/"))
    accessible(page)
    by_password(page, live_server, user, language="es")
    expect(page.locator("header")).to_contain_text(user.full_name)
    page.goto(address(live_server, "/es/account/"))
    accessible(page)
    page.goto(address(live_server, "/es/account/sessions/"))
    accessible(page)
    page.goto(address(live_server, "/en/account/password/change/"))
    accessible(page)
    sign_out(page)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0], "nothing is left on the computer"
    page.go_back()
    expect(page.locator("body")).not_to_contain_text(user.surname_1)


@WIDTHS
def test_staff_set_up_the_app_and_sign_in_with_it(
    browser: Browser, live_server: LiveServer, school: School, width: int
) -> None:
    user = school.person("DHS", Role.MANAGER, language="en")
    Authenticator.objects.filter(user=user).delete()
    page = new_page(browser, width)
    by_password(page, live_server, user)
    page.goto(address(live_server, "/en/admin/"))
    assert page.url.endswith("/en/account/second-factor/"), "nothing else opens"
    accessible(page)
    page.get_by_role("link", name="Set up an authenticator app").click()
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/totp/activate/")
    accessible(page)
    secret = page.input_value("#secret")
    page.fill("input[name=code]", totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/")
    accessible(page)
    code = page.locator("main .code li").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/manage/cohorts/")
    sign_out(page)
    by_password(page, live_server, user)
    accessible(page)
    page.fill("input[name=code]", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/manage/cohorts/")


@WIDTHS
def test_a_passkey_is_made_and_signs_in_by_itself(
    browser: Browser, live_server: LiveServer, school: School, width: int
) -> None:
    user = school.person("DHS", Role.MANAGER, language="en")
    Authenticator.objects.filter(user=user).delete()
    page = new_page(browser, width)
    with_passkeys(page)
    by_password(page, live_server, user)
    page.goto(address(live_server, "/en/account/second-factor/"))
    add_a_passkey(page, live_server)
    page.goto(address(live_server, "/en/account/"))
    accessible(page)
    expect(page.locator("main")).to_contain_text("Passkey 1")
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    assert page.url.endswith("/en/manage/cohorts/"), "no second question"
    expect(page.locator("header")).to_contain_text(user.full_name)


def test_a_passkey_counts_after_a_password_too(browser: Browser, live_server: LiveServer, school: School) -> None:
    user = school.person(role=Role.TRAINEE)
    page = new_page(browser)
    with_passkeys(page)
    by_password(page, live_server, user)
    add_a_passkey(page, live_server, look=False)
    page.goto(address(live_server, "/en/account/"))
    sign_out(page)
    by_password(page, live_server, user)
    assert page.url.endswith("/2fa/authenticate/")
    accessible(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def test_at_a_bare_address_the_page_says_where_passkeys_work(browser: Browser, live_server: LiveServer) -> None:
    page = new_page(browser)
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/en/account/login/")
    accessible(page)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    page.get_by_role("link", name="Open this page as localhost").click()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()


@WIDTHS
def test_by_a_code_in_the_mail(browser: Browser, live_server: LiveServer, school: School, width: int) -> None:
    user = school.person(role=Role.TRAINEE)
    page = new_page(browser, width)
    page.goto(address(live_server, "/en/account/login/"))
    page.get_by_role("link", name="Send me a code").click()
    accessible(page)
    page.fill("input[name=email]", user.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code/confirm/")
    accessible(page)
    page.fill("input[name=code]", code_in_mail())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)
    expect(page.locator("header")).to_contain_text(user.full_name)


def begin_quiz(page: Page, server: LiveServer) -> Attempt:
    for number in (1, 2):
        page.goto(address(server, f"/en/courses/co-101/lesson-{number}/"))
        page.get_by_role("button", name="Complete this lesson").click()
        page.wait_for_load_state()
    page.goto(address(server, "/en/courses/co-101/quiz/"))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/attempts/**")
    return Attempt.objects.latest("pk")


@WIDTHS
def test_the_lock_over_a_quiz_opens_in_place_and_the_answer_is_saved(
    browser: Browser, live_server: LiveServer, school: School, settings, width: int
) -> None:
    user, _enrollment, _record = school.trainee()
    page = new_page(browser, width)
    by_password(page, live_server, user)
    attempt = begin_quiz(page, live_server)
    settings.PUENTE_IDLE_MINUTES = 4 / 60
    page.goto(address(live_server, f"/en/attempts/{attempt.pk}/"))
    given = give_an_answer(page)
    lock = page.locator("dialog.lock")
    expect(lock).to_be_visible(timeout=15000)
    assert page.title().startswith("Locked")
    assert page.evaluate("document.querySelector('main').inert && document.querySelector('header').inert")
    assert page.evaluate("document.activeElement.closest('dialog') !== null"), "the keyboard is in the lock"
    expect(lock).to_contain_text(user.full_name)
    accessible(page)
    page.keyboard.press("Escape")
    expect(lock).to_be_visible()
    settings.PUENTE_IDLE_MINUTES = 10  # from here on the test takes its time
    assert page.evaluate("fetch('/en/courses/').then(answer => answer.status)") == 401, "the server has locked as well"
    lock.locator("input[name=unlock-password]").fill("not it")
    page.keyboard.press("Enter")
    expect(lock.locator("[data-unlock-error]")).to_contain_text("stays locked")
    lock.locator("input[name=unlock-password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(lock).to_have_count(0)
    assert not page.title().startswith("Locked") and not page.evaluate("document.querySelector('main').inert")
    assert answer_on(page) == given
    page.locator("button.button--primary[name=go]").click()
    page.wait_for_load_state()
    assert saved_answers(attempt) == [given], "the answer that was given before the lock is on the server"
    expect(page.locator(".quiz-bar .receipt")).to_contain_text("Saved")
    page.context.close()


def give_an_answer(page: Page) -> list[str]:
    """Whatever the first question asks for, as one gives it; what stands in the form then."""
    control = page.locator("#answers input[name^=item-]").first
    if control.get_attribute("type") in {"radio", "checkbox"}:
        control.check()
    else:
        control.fill("12.5")
    return answer_on(page)


def answer_on(page: Page) -> list[str]:
    form = "new FormData(document.getElementById('answers'))"
    return list(page.evaluate(f"[...{form}].filter(([name]) => name.startsWith('item-')).map(([, value]) => value)"))


def saved_answers(attempt: Attempt) -> list[list[str]]:
    return list(Response.objects.filter(attempt=attempt).exclude(answer=[]).values_list("answer", flat=True))


def test_tabs_lock_and_unlock_together_and_a_passkey_unlocks(
    browser: Browser, live_server: LiveServer, school: School, settings
) -> None:
    user = school.person(role=Role.TRAINEE)
    page = new_page(browser)
    with_passkeys(page)
    by_password(page, live_server, user)
    add_a_passkey(page, live_server, look=False)
    settings.PUENTE_IDLE_MINUTES = 3 / 60
    other = page.context.new_page()
    other.goto(address(live_server, "/en/courses/"))
    page.goto(address(live_server, "/en/courses/"))
    for tab in (page, other):
        expect(tab.locator("dialog.lock")).to_be_visible(timeout=15000)
    settings.PUENTE_IDLE_MINUTES = 10
    page.get_by_role("button", name="Unlock with a passkey").click()
    for tab in (page, other):
        expect(tab.locator("dialog.lock")).to_have_count(0)
    page.goto(address(live_server, "/en/my-learning/"))
    expect(page.locator("h1")).not_to_contain_text("is it you?")


def test_typing_and_scrolling_keep_a_page_open(
    browser: Browser, live_server: LiveServer, school: School, settings
) -> None:
    page = new_page(browser)
    by_password(page, live_server, school.person(role=Role.TRAINEE))
    settings.PUENTE_IDLE_MINUTES = 3 / 60
    page.goto(address(live_server, "/en/courses/"))
    until = time.monotonic() + 7
    while time.monotonic() < until:
        page.keyboard.press("Tab")
        page.mouse.wheel(0, 20)
        page.wait_for_timeout(400)
    expect(page.locator("dialog.lock")).to_have_count(0)
    assert page.evaluate("fetch('/en/courses/').then(answer => answer.status)") == 200, "the server heard of it"


def test_another_person_takes_over_at_the_lock(
    browser: Browser, live_server: LiveServer, school: School, settings
) -> None:
    first, second = school.person(role=Role.TRAINEE), school.person(role=Role.TRAINEE)
    page = new_page(browser)
    by_password(page, live_server, first)
    settings.PUENTE_IDLE_MINUTES = 2 / 60
    page.goto(address(live_server, "/en/courses/"))
    expect(page.locator("dialog.lock")).to_be_visible(timeout=15000)
    settings.PUENTE_IDLE_MINUTES = 10
    page.get_by_role("button", name="I am someone else").click()
    page.wait_for_url("**/account/login/")
    assert first.surname_1 not in page.content()
    by_password(page, live_server, second)
    expect(page.locator("header")).to_contain_text(second.surname_1)


def test_the_administration_locks_too(browser: Browser, live_server: LiveServer, school: School, settings) -> None:
    user = school.person("DHS", Role.INSTRUCTOR, language="en")
    cookie = school.client(user).cookies[settings.SESSION_COOKIE_NAME].value
    page = new_page(browser)
    page.context.add_cookies([
        {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address(live_server, "/")}
    ])  # fmt: skip
    settings.PUENTE_IDLE_MINUTES = 3 / 60
    page.goto(address(live_server, "/en/admin/"))
    lock = page.locator("dialog.lock")
    expect(lock).to_be_visible(timeout=15000)
    settings.PUENTE_IDLE_MINUTES = 10
    expect(lock).to_contain_text(user.full_name)
    lock.locator("input[name=unlock-password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(lock).to_have_count(0)
    page.goto(address(live_server, "/en/admin/"))
    expect(page.locator("h1").first).not_to_contain_text("is it you?")


@WIDTHS
def test_without_script_the_lock_page_stands_at_the_same_address(
    browser: Browser, live_server: LiveServer, school: School, settings, width: int
) -> None:
    user, _enrollment, _record = school.trainee()
    page = new_page(browser, width)
    by_password(page, live_server, user)
    attempt = begin_quiz(page, live_server)
    still = browser.new_context(
        storage_state=page.context.storage_state(), java_script_enabled=False, viewport={"width": width, "height": 900}
    ).new_page()
    place = address(live_server, f"/en/attempts/{attempt.pk}/")
    still.goto(place)
    control = still.locator("#answers input[name^=item-]").first
    if control.get_attribute("type") in {"radio", "checkbox"}:
        control.check()
    else:
        control.fill("12.5")
    settings.PUENTE_IDLE_MINUTES = 0.1 / 60
    time.sleep(0.2)
    still.locator("button.button--primary[name=go]").click()
    expect(still.locator("h1")).to_contain_text("is it you?")
    settings.PUENTE_IDLE_MINUTES = 10
    assert still.url == place
    page.goto(address(live_server, "/en/my-learning/"))
    accessible(page)
    still.locator("input[name=unlock-password]").fill(PASSWORD)
    still.keyboard.press("Enter")
    still.wait_for_url("**/attempts/**")
    expect(still.locator("h1").first).not_to_contain_text("is it you?")
    assert saved_answers(attempt)
