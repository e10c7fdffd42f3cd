"""Sessions in headless Chromium: every page in both languages, the roll with a bad link and without script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from curricula.models import AttendanceMark, Session
from curricula.services.places import sign_up
from curricula.session_code import code_for
from people import clock
from people.roles import Role
from tests.journeys.test_in_the_browser import FLAGS, accessible
from tests.school import School, build

from .test_sessions import a_session, officers

pytestmark = pytest.mark.browser


@pytest.fixture
def world(transactional_db: None) -> tuple[School, Session, Session]:
    """A session that has begun, with two officers, one of whom is the first to be called; and one to come, with shares
    and a waiting list."""
    school = build()
    people = officers(school, 4)
    coming = a_session(school, {(people[0].agency_id, None): 1}, capacity=2, online_address="https://meet.example/a")
    sign_up(session=coming, enrollments=people, by=None)
    begun = a_session(school, capacity=9)
    sign_up(session=begun, enrollments=people[:2], by=None)
    starts = clock.now() - dt.timedelta(minutes=5)
    Session.objects.filter(pk=begun.pk).update(starts_at=starts, ends_at=starts + dt.timedelta(hours=4))
    begun.refresh_from_db()
    return school, begun, coming


@pytest.fixture
def browser(world: Any, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled, ends before it is emptied."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def as_(client: Client, browser: Browser, server: LiveServer, **options: Any) -> BrowserContext:
    context = browser.new_context(**options)
    context.add_cookies([{"name": n, "value": c.value, "url": server.url} for n, c in client.cookies.items()])
    return context


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_for_everybody(world: Any, browser: Browser, live_server: LiveServer, width: int) -> None:
    school, begun, coming = world
    person = coming.places.waiting().first().enrollment.person
    manage, mine = "manage/sessions", "my-learning/sessions"
    pages = {
        school.person("SHCP", Role.MANAGER): [
            f"{manage}/", "manage/cohorts/cohort-1/sessions/", "manage/cohorts/cohort-1/sessions/plan/",
            *(f"{manage}/{coming.pk}/{page}" for page in ("", "change/", "cancel/", "sign-up/", "list/", "code/")),
            *(f"{manage}/{begun.pk}/{page}" for page in ("", "roll/", "marks/")),
        ],
        person: [f"{mine}/", f"{mine}/{coming.pk}/", f"{mine}/{begun.pk}/", "my-learning/", "my-learning/calendar/",
                 f"attend/{code_for(begun.pk)}/", "attend/guessed/"],
    }  # fmt: skip
    for who, addresses in pages.items():
        client = school.client(who)
        page = as_(client, browser, live_server, viewport={"width": width, "height": 900}).new_page()
        for address in addresses:
            for language in ("en", "es"):
                page.goto(f"{live_server.url}/{language}/{address}")
                accessible(page)


def test_a_mark_is_shown_as_stored_only_when_it_is_and_sent_again_when_the_link_is_back(
    world: Any, browser: Browser, live_server: LiveServer
) -> None:
    school, begun, _ = world
    first, second = begun.places.order_by("enrollment__person__surname_1", "pk")
    client = school.client(school.person("SHCP", Role.MANAGER))
    context = as_(client, browser, live_server, viewport={"width": 820, "height": 1100})
    page = context.new_page()
    page.goto(f"{live_server.url}/en/manage/sessions/{begun.pk}/roll/")
    rows = page.locator("[data-place]")
    rows.nth(0).get_by_text("Present", exact=True).click()
    expect(rows.nth(0).locator(".receipt")).to_contain_text("Stored at")
    first.refresh_from_db()
    assert (first.attendance, first.minutes) == ("present", 240)
    context.set_offline(True)
    rows.nth(1).get_by_text("Absent", exact=True).click()
    expect(rows.nth(1).locator("[data-said]")).to_contain_text("Not stored")
    assert AttendanceMark.objects.count() == 1
    context.set_offline(False)
    expect(rows.nth(1).locator(".receipt")).to_contain_text("Stored at")
    rows.nth(1).locator("[name^=minutes]").fill("100")
    rows.nth(1).locator("[name^=minutes]").press("Enter")
    expect(page.locator("[data-counts]")).to_contain_text("1 present, 1 partly, 0 absent")
    second.refresh_from_db()
    assert (second.attendance, second.minutes) == ("partial", 100)
    assert second.marks.count() == 2
    box = rows.nth(0).locator(".roll__state").first.bounding_box()
    assert box and box["height"] >= 48


def test_the_roll_works_without_script(world: Any, browser: Browser, live_server: LiveServer) -> None:
    school, begun, _ = world
    client = school.client(school.person("SHCP", Role.MANAGER))
    page = as_(client, browser, live_server, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/es/manage/sessions/{begun.pk}/roll/")
    page.locator("[data-place]").nth(0).get_by_text("Presente", exact=True).click()
    page.locator("[data-place]").nth(1).get_by_text("Justificado", exact=True).click()
    page.get_by_role("button", name="Guardar todos los registros").click()
    expect(page.locator(".receipt")).to_have_count(2)
    assert sorted(begun.places.values_list("attendance", flat=True)) == ["excused", "present"]
