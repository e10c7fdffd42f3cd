"""The quiz in headless Chromium while the network goes, the server is killed, the session ends, the time is over."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import Attempt, CourseRecord, Response
from courses.services.attempts import start_attempt
from tests.processes import ROOT, environment, wait_until
from tests.school import RIGHT, build, lessons_done

from .test_in_the_browser import FLAGS, accessible

pytestmark = pytest.mark.browser
LOST = "Connection lost: your answers are kept here"


@pytest.fixture
def attempt(transactional_db: None) -> Attempt:
    """An officer's open attempt at a quiz of five questions, one on a page."""
    record: CourseRecord = lessons_done(build().trainee()[2])
    return start_attempt(record=record, quiz_code="CO-101-Q", language="en", by=record.person)


@pytest.fixture
def browser(attempt: Attempt, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled: Django's connections differ where a loop runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def sign_in(context: BrowserContext, server: str, attempt: Attempt) -> Page:
    page = context.new_page()
    page.goto(f"{server}/en/account/login/?next=/en/attempts/{attempt.pk}/")
    page.fill("input[name=login]", attempt.record.person.email)
    page.fill("input[name=password]", "a-long-password")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answers[data-ready]", state="attached")
    return page


def code_of(page: Page) -> str:
    return page.locator("#answers input[name=shown]").input_value()


def answer(page: Page) -> str:
    """The right answer of the question on the page, by pointer or keys; its code."""
    code = code_of(page)
    for value in RIGHT[code[-2:]]:
        field = page.locator(f"[name='item-{code}']")
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f"[name='item-{code}'][value='{value}']").check()
        else:
            field.fill(value)
            field.blur()
    return code


def go_on(page: Page, name: str = "Save and next") -> None:
    before = code_of(page)
    page.get_by_role("button", name=name).click()
    expect(page.locator("#answers input[name=shown]")).not_to_have_value(before)


def saved() -> dict[str, list[str]]:
    return dict(Response.objects.values_list("item_code", "answer"))


def test_the_network_goes_in_the_middle_and_nothing_is_lost(
    browser: Browser, live_server: LiveServer, attempt: Attempt
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = sign_in(context, live_server.url, attempt)
    first = answer(page)
    expect(page.locator("[data-quiz-receipt]")).to_contain_text("Saved on the server")
    context.set_offline(True)
    go_on(page)
    second = answer(page)
    expect(page.get_by_role("heading", name=LOST)).to_be_visible()
    go_on(page)
    third = answer(page)
    expect(page.locator("[data-quiz-lost] [data-kept]")).to_have_text("Not sent yet, of these questions: 2, 3.")
    expect(page.locator(f".items [data-code='{third}']")).to_have_class("is-kept")
    kept = page.evaluate("Object.entries(localStorage).filter(([name]) => name.startsWith('puente-queue-'))")
    assert len(kept) == 1 and second not in kept[0][1], "what waits is sealed"
    page.get_by_role("button", name="Español").click()
    expect(page.locator("[data-quiz-say]")).to_contain_text("This needs the connection")
    assert set(saved()) == {first}
    context.set_offline(False)
    expect(page.get_by_role("heading", name=LOST)).to_be_hidden()
    expect(page.locator(f".items [data-code='{third}']")).to_have_class("is-answered")
    assert set(saved()) == {first, second, third}
    page.go_back()
    expect(page.locator("#answers input[name=shown]")).to_have_value(second)
    page.go_forward()
    page.get_by_role("button", name="Español").click()
    page.wait_for_url("**/es/attempts/**")
    page.wait_for_selector("#answers[data-ready]", state="attached")
    for _ in range(2):
        go_on(page, "Guardar y seguir")
        answer(page)
    accessible(page)
    page.get_by_role("button", name="Guardar y revisar").click()
    page.wait_for_url("**/review/")
    page.locator("form[action$='/review/'] button").dblclick()
    page.wait_for_url("**/result/")
    attempt.refresh_from_db()
    assert attempt.score_percent == 100 and Attempt.objects.count() == 1
    context.close()


def test_a_changed_mind_counts_though_the_first_answer_was_long_on_its_way(
    browser: Browser, live_server: LiveServer, attempt: Attempt
) -> None:
    context = browser.new_context()
    page = sign_in(context, live_server.url, attempt)
    place = next(place for place in attempt.layout if place["item"].endswith("-01"))
    page.locator(f".items [data-code='{place['item']}']").click()
    choices = page.locator(f"[name='item-{place['item']}']")
    expect(choices.first).to_be_visible()
    arrived: list[Route] = []

    def slow_at_first(route: Route) -> None:
        if not arrived:
            page.wait_for_timeout(1500)
        arrived.append(route)
        route.continue_()

    page.route("**/save/", slow_at_first)
    with page.expect_response(lambda said: said.url.endswith("/save/") and len(arrived) == 2):
        for value in "AB":
            page.locator(f"[name='item-{place['item']}'][value='{value}']").check()
    assert saved() == {place["item"]: ["B"]}, "the later answer counts"
    context.close()


def test_a_page_that_is_left_without_a_connection_sends_its_answers_when_it_is_opened_again(
    browser: Browser, live_server: LiveServer, attempt: Attempt
) -> None:
    """The tab is closed, the session ends; the same person signs in again on the same computer."""
    context = browser.new_context()
    page = sign_in(context, live_server.url, attempt)
    context.set_offline(True)
    code = answer(page)
    expect(page.locator(f".items [data-code='{code}']")).to_have_class("is-kept")
    page.close()
    context.set_offline(False)
    context.clear_cookies()
    assert saved() == {}
    page = sign_in(context, live_server.url, attempt)
    expect(page.locator(f".items [data-code='{code}']")).to_have_class("is-answered")
    assert set(saved()) == {code}
    left = "Object.keys(localStorage).filter((name) => name.startsWith('puente-queue-')).length"
    assert page.evaluate(left) == 0
    context.clear_cookies()
    go_on(page)
    second = answer(page)
    expect(page.get_by_role("heading", name="Your session has ended: your answers are kept here")).to_be_visible()
    page.get_by_role("link", name="Sign in again").click()
    page.fill("input[name=login]", attempt.record.person.email)
    page.fill("input[name=password]", "a-long-password")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answers[data-ready]", state="attached")
    expect(page.locator(f".items [data-code='{second}']")).to_have_class("is-answered")
    assert set(saved()) == {code, second}
    context.set_offline(True)
    go_on(page)
    go_on(page)
    answer(page)
    expect(page.get_by_role("heading", name=LOST)).to_be_visible()
    expect(page.locator("[data-quiz-receipt]")).to_contain_text("Kept on this computer")
    assert page.evaluate(left) == 1
    context.set_offline(False)
    page.evaluate("document.querySelector('form[action$=\"/logout/\"]').requestSubmit()")
    page.wait_for_url("**/account/login/**")
    assert page.evaluate(left) == 0, "whoever signs out leaves nothing"
    context.close()


def test_the_time_ends_on_the_servers_clock(browser: Browser, live_server: LiveServer, attempt: Attempt) -> None:
    context = browser.new_context()
    page = sign_in(context, live_server.url, attempt)
    answer(page)
    expect(page.locator("[data-quiz-receipt]")).to_contain_text("Saved on the server")
    context.set_offline(True)
    go_on(page)
    answer(page)
    expect(page.get_by_role("heading", name=LOST)).to_be_visible()
    expect(page.locator("[data-quiz-lost]")).to_contain_text("Answers that reach the server by")
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=attempt.started_at - dt.timedelta(minutes=1))
    context.set_offline(False)
    page.wait_for_url("**/result/")
    attempt.refresh_from_db()
    assert attempt.state == "submitted" and attempt.score_percent == 20
    context.close()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(port: int) -> subprocess.Popen[bytes]:
    """A web server of its own on the test database, which can be killed."""
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(answers, what="the web server")
    return server


def kill(server: subprocess.Popen[bytes]) -> None:
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def test_the_server_is_killed_between_the_answers(browser: Browser, port: int, attempt: Attempt) -> None:
    assert connection.settings_dict["NAME"]
    server = serve(port)
    try:
        context = browser.new_context()
        page = sign_in(context, f"http://127.0.0.1:{port}", attempt)
        codes = [answer(page)]
        expect(page.locator("[data-quiz-receipt]")).to_contain_text("Saved on the server")
        for _ in range(4):
            kill(server)
            go_on(page)
            codes.append(answer(page))
            expect(page.get_by_role("heading", name=LOST)).to_be_visible()
            server = serve(port)
            page.evaluate("document.querySelector('[data-quiz-try]')?.click()")
            expect(page.get_by_role("heading", name=LOST)).to_be_hidden()
        assert set(saved()) == set(codes) and len(codes) == 5
        page.get_by_role("button", name="Save and review").click()
        page.locator("form[action$='/review/'] button").click()
        page.wait_for_url("**/result/")
        attempt.refresh_from_db()
        assert attempt.score_percent == 100
        context.close()
    finally:
        if server.poll() is None:
            kill(server)
