"""The pages on which editions are decided, in headless Chromium, at two widths and in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from courses.models import Item, LessonPage
from curricula.models import Curriculum, CurriculumEdition, WorkingGroup
from curricula.services.editions import approve_edition, propose_edition, publish_edition, request_changes
from people.roles import Role
from tests.journeys.test_in_the_browser import FLAGS, accessible
from tests.school import School, build

from .test_editions import edit

pytestmark = pytest.mark.browser


@pytest.fixture
def decided(transactional_db: None) -> School:
    """Edition 1 was followed, edition 2 is published, edition 3 waits with a request for changes of a lesson; a draft
    after it lacks its Spanish."""
    school = build()
    Curriculum.objects.update(owner=WorkingGroup.objects.get(code="TRAINING"))
    school.trainee("DHS")
    lesson: Any = edit(title_en="Seals and their numbers", title_es="Los sellos y sus números")
    lesson.body[1].value["en"] = "A **bold** paragraph & less"
    lesson.body[1].value["es"] = "Un párrafo **en negritas** y menos"
    lesson.save_revision(clean=False)
    second = propose_edition(curriculum=school.curriculum, by=school.person("SHCP", Role.INSTRUCTOR))
    for side in ("DHS", "SHCP"):
        approve_edition(edition=second, by=school.person(side, Role.APPROVER))
    publish_edition(edition=second, by=None)
    item = Item.objects.get(code="CO-101-01")
    item.stem_es = "¿Cuál número lleva el sello?"
    for option in item.options:
        option.value["correct"] = option.value["letter"] == "B"
    item.save()
    edit("CO-101-L2", title_en="Scanning", title_es="Inspección no intrusiva")
    LessonPage.objects.get(code="CO-101-L1").move(LessonPage.objects.get(code="CO-101-L2"), pos="right")
    third = propose_edition(curriculum=school.curriculum, by=school.person("DHS", Role.INSTRUCTOR))
    approve_edition(edition=third, by=school.person("DHS", Role.APPROVER))
    return school


def pages(school: School) -> dict[str, str]:
    """Every page by name."""
    third = CurriculumEdition.objects.get(state="candidate")
    second = CurriculumEdition.objects.get(state="published")
    return {
        "approvals": "manage/approvals/",
        "editions": "manage/editions/",
        "edition": f"manage/editions/{third.pk}/",
        "quiz": f"manage/editions/{third.pk}/read/CO-101-Q/",
        "decision": f"manage/editions/{second.pk}/decision/",
        "move": "manage/cohorts/cohort-1/move/",
        "correct": "manage/editions/correct/CO/",
        "obstacles": "manage/editions/obstacles/CO/",
    }


@pytest.fixture
def browser(decided: School, chromium: str) -> Iterator[Browser]:
    """Begins after the database is filled, ends before it is emptied."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def signed_in(decided: School) -> Client:
    """Somebody of the Mexican side who may approve, write and move cohorts."""
    person = decided.person("SHCP", Role.APPROVER)
    from people.services.roles import grant_role

    for role in (Role.INSTRUCTOR, Role.MANAGER):
        grant_role(user=person, role=role, participant=decided.participants["SHCP"], by=None)
    request_changes(
        edition=CurriculumEdition.objects.get(state="candidate"),
        comment="El número del sello falta en la respuesta B.",
        by=decided.person("SHCP", Role.APPROVER),
        object_code="CO-101-Q",
    )
    CurriculumEdition.objects.filter(state="changes_requested").update(state="candidate")
    edit("CO-101-L2", title_en="Scanning again", title_es="")
    return decided.client(person)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_a_decision_are_for_everybody(
    decided: School, signed_in: Client, browser: Browser, live_server: LiveServer, width: int, tmp_path: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
    context.add_cookies([{"name": n, "value": c.value, "url": live_server.url} for n, c in signed_in.cookies.items()])
    page = context.new_page()
    for address in pages(decided).values():
        for language in ("en", "es"):
            page.goto(f"{live_server.url}/{language}/{address}")
            page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
            accessible(page)
