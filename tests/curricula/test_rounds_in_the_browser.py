"""The pages of rounds in headless Chromium: at two widths, in both languages, and without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from curricula.models import Enrollment, Nomination, Round
from curricula.services.life import give_leave
from curricula.services.nominating import nominate
from curricula.services.rounds import Target, set_targets
from tests.journeys.test_in_the_browser import FLAGS, accessible
from tests.school import School, build

from .test_nominations import nominee, port, requirement_of
from .test_rounds import make_round

pytestmark = pytest.mark.browser


@pytest.fixture
def running(transactional_db: None) -> School:
    """A round with targets, nominees of whom one resembles somebody, an officer on leave, and a requirement."""
    school = build()
    made = make_round(school)
    _, enrollment, _ = school.trainee(given_names="Javier", surname_1="Núñez", surname_2="Ávila")
    school.trainee()
    give_leave(enrollment=enrollment, reason="leave", by=made.owner)
    side = school.participants["SHCP"]
    set_targets(training_round=made, participant=side, targets=[Target(None, None, "", 9)], reason="r", by=made.owner)
    alike = nominee(port(school), 2, given_names="Javier", surname_1="Ávila", surname_2="Nuñez")
    some = [nominee(port(school), 1), alike]
    nominate(training_round=made, cohort=school.cohort, nominees=some, by=made.owner)
    requirement_of(school)
    return school


def pages() -> list[str]:
    """Every page that was added with rounds."""
    rounds, cohort = "manage/rounds/fall/", "manage/cohorts/cohort-1/officers/"
    resembling = Nomination.objects.exclude(likenesses=None).get()
    on_leave = Enrollment.objects.get(state="on_leave")
    need = requirement_page()
    return [
        "manage/rounds/", "manage/rounds/new/", rounds, f"{rounds}edit/", f"{rounds}targets/", f"{rounds}nominate/",
        f"{rounds}nominations/", f"{rounds}nominations/{resembling.pk}/", "manage/requirements/", need, f"{need}edit/",
        "manage/requirements/new/", cohort, f"{cohort}{on_leave.pk}/",
    ]  # fmt: skip


def requirement_page() -> str:
    return f"manage/requirements/{Round.objects.get().curricula.get().requirements.get().pk}/"


@pytest.fixture
def browser(running: School, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled, ends before it is emptied."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def session_of(client: Client, server: LiveServer) -> dict[str, str]:
    """The cookie with which a browser is the person who is signed in there."""
    cookie = client.cookies["sessionid"]
    return {"name": "sessionid", "value": cookie.value, "url": server.url}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 320)])
def test_the_pages_can_be_used_by_everybody(
    running: School, browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    addresses, client = pages(), running.client(Round.objects.get().owner)
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([session_of(client, live_server)])  # type: ignore[list-item]
    page = context.new_page()
    for address in addresses:
        answer = page.goto(f"{live_server.url}/{language}/{address}")
        assert answer and answer.status == 200, address
        accessible(page)
    context.close()


def test_a_nomination_is_decided_without_script(running: School, browser: Browser, live_server: LiveServer) -> None:
    chosen, client = Nomination.objects.get(likenesses=None), running.client(Round.objects.get().owner)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([session_of(client, live_server)])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(f"{live_server.url}/es/manage/rounds/fall/nominations/")
    page.get_by_label(chosen.full_name).check()
    page.get_by_role("button", name="Decidir").click()
    page.get_by_text("Se decidió 1 propuesta.").wait_for()
    context.close()
    assert Enrollment.objects.get(nomination=chosen).state == "invited"
