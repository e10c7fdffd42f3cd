"""Sets the stage: accounts, approved editions, cohorts and their rosters. Each step could be taken by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage
from curricula.loading.content import set_courses
from curricula.loading.sources import read_yaml
from curricula.models import Cohort, Curriculum, CurriculumEdition
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from curricula.services.rosters import apply_roster
from jobs.services import enqueue
from people import clock
from people.exceptions import DomainError
from people.models import Participant, User
from reports.job_kinds import ESC_REPORT

from .accounts import make_accounts, open_trainees
from .certificates import set_certificates
from .state import ask_anew

ROUND_MANAGER = "gestion@aduanas.example"
OTHER_MANAGER = "manager@cbp.example"
WEEKS_SINCE_OPENING, WEEKS_LONG = 16, 20
DAYS_TO_AGREE = dt.timedelta(days=2)


class NothingLoaded(DomainError):
    code = "nothing_loaded"
    message = _("The curricula are not loaded yet. Run “python manage.py load_curricula” first.")


def set_stage(*, officers: int | None = None) -> list[Cohort]:
    """Accounts, published editions and two cohorts with their officers; what stands already is left as it is.

    `officers` limits how many rows of each roster are enrolled; None is all of them.
    """
    if not Curriculum.objects.exists():
        raise NothingLoaded
    opening = dt.datetime.combine(clock.today() - dt.timedelta(weeks=WEEKS_SINCE_OPENING), dt.time(14), dt.UTC)
    with clock.simulated(opening - dt.timedelta(days=90)):
        users = make_accounts()
    with clock.simulated(opening - dt.timedelta(days=12)):
        for curriculum in Curriculum.objects.all():
            approve_and_publish(curriculum, users)
        set_certificates(signs_from=opening.date() - dt.timedelta(days=60), by=users["author@cbp.example"])
    cohorts = []
    with clock.simulated(opening - dt.timedelta(days=5)):
        for values, roster, manager in _cohorts(opening.date()):
            cohort, is_new = Cohort.objects.get_or_create(code=values["code"], defaults=values)
            if is_new:
                data = _first_rows((Path(settings.PUENTE_CONTENT_DIR) / "rosters" / roster).read_bytes(), officers)
                apply_roster(cohort=cohort, data=data, file_name=roster, by=users[manager])
            cohorts.append(cohort)
    ask_anew()
    open_trainees()
    return cohorts


def ask_for_report(cohorts: list[Cohort]) -> None:
    """The committee's first report, from the opening of the round until yesterday, as a manager asks for it."""
    first = min(cohort.opens_on for cohort in cohorts).isoformat()
    days = {"from_on": first, "to_on": clock.yesterday().isoformat()}
    enqueue(kind=ESC_REPORT, params=days, by=User.objects.get(email=ROUND_MANAGER), key=ESC_REPORT)


def _curricula() -> list[dict[str, Any]]:
    """The curricula as the sources name them."""
    rows: list[dict[str, Any]] = read_yaml(Path(settings.PUENTE_CONTENT_DIR) / "foundation.yaml")["curricula"]
    return rows


def _first_editions() -> dict[str, list[str]]:
    """The courses that were ready when the demonstration begins, by the code of their curriculum."""
    rows: dict[str, list[str]] = read_yaml(Path(settings.PUENTE_CONTENT_DIR) / "demonstration.yaml")["first_editions"]
    return rows


def _first_rows(roster: bytes, officers: int | None) -> bytes:
    return roster if officers is None else b"".join(roster.splitlines(keepends=True)[: officers + 1])


def approve_and_publish(curriculum: Curriculum, users: dict[str, User]) -> None:
    """The first edition, of the courses that were ready: both approve the candidate, by two people; it is published."""
    if curriculum.editions.filter(state=CurriculumEdition.State.PUBLISHED).exists():
        return
    ready = _first_editions().get(curriculum.code)
    if ready:
        pages = CoursePage.objects.filter(code__in=ready).order_by("code")
        set_courses(curriculum=curriculum, pages=pages, by=users["author@cbp.example"])
    _agree_on_drafts(curriculum, users)


def publish_complete_editions() -> None:
    """The second editions, of all courses. Cohorts that run keep the first."""
    users = make_accounts()
    for row in _curricula():
        curriculum = Curriculum.objects.filter(code=row["code"]).first()
        pages = list(CoursePage.objects.filter(code__in=row["courses"]).order_by("code"))
        if curriculum is None or curriculum.courses.count() == len(pages):
            continue
        with clock.simulated(clock.now() - DAYS_TO_AGREE):
            set_courses(curriculum=curriculum, pages=pages, by=users["author@cbp.example"])
            _agree_on_drafts(curriculum, users)


def _agree_on_drafts(curriculum: Curriculum, users: dict[str, User]) -> None:
    candidate = propose_edition(curriculum=curriculum, by=users["author@cbp.example"])
    approve_edition(edition=candidate, by=users["approver@dhs.example"])
    with clock.simulated(clock.now() + DAYS_TO_AGREE):
        approve_edition(edition=candidate, by=users["aprobacion@hacienda.example"])
        publish_edition(edition=candidate, by=users["approver@dhs.example"])


def _cohorts(opens_on: dt.date) -> list[tuple[dict[str, Any], str, str]]:
    closes_on = opens_on + dt.timedelta(weeks=WEEKS_LONG)
    published = {
        e.curriculum.code: e for e in CurriculumEdition.objects.filter(state="published").select_related("curriculum")
    }
    dates = {"opens_on": opens_on, "closes_on": closes_on, "is_demo": True}
    round_of_1500 = {
        "code": "aga-1500",
        "name_en": "Round of 1,500 officers",
        "name_es": "Grupo de 1,500 oficiales",
        "edition": published["CO"],
        "participant": Participant.objects.get(code="SHCP"),
        "target_persons": 1500,
        **dates,
    }
    integrity = {
        "code": "cbp-integrity",
        "name_en": "Integrity cohort of 120 officers",
        "name_es": "Grupo de integridad de 120 oficiales",
        "edition": published["IN"],
        "participant": None,
        "target_persons": 120,
        **dates,
    }
    return [
        (round_of_1500, "roster-aga-1500.csv", ROUND_MANAGER),
        (integrity, "roster-cbp-120.csv", OTHER_MANAGER),
    ]
