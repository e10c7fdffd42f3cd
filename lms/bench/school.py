"""The installation that is measured, made by the product's own services."""

from __future__ import annotations

import csv
import datetime as dt
import io
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from courses.models import CatalogPage, CourseRecord, QuizPage
from curricula.loading.foundation import load_foundation
from curricula.loading.pages import load_course
from curricula.loading.sources import read_yaml
from curricula.loading.writing import Writing
from curricula.models import Cohort, Curriculum, CurriculumCourse, CurriculumEdition, Enrollment
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from curricula.services.rosters import apply_roster
from lms.home.site import ensure_home
from people import clock
from people.models import Agency, Office, User
from people.roles import Role
from people.services.roles import grant_role

from . import source

OFFICES = 25
SIDES = {"SHCP": "AGA", "DHS": "CBP"}


@dataclass(frozen=True, slots=True)
class Officer:
    """An enrolled officer with a browser session."""

    number: int
    record_id: int
    session: str


@dataclass(frozen=True, slots=True)
class School:
    """What stands after `build`."""

    edition: CurriculumEdition
    cohort: Cohort
    officers: list[Officer]
    manager: User
    password: str

    @property
    def size(self) -> int:
        return len(self.officers)


def build(officers: int) -> School:
    """Tables, one course of ten lessons and a quiz, its published edition, one cohort, a manager."""
    call_command("migrate", interactive=False, verbosity=0)
    edition = _edition()
    call_command("sync_roles", verbosity=0)
    password = secrets.token_urlsafe(24)
    manager = _person("manager", "SHCP", Role.MANAGER, password)
    cohort = new_cohort("bench", edition, officers)
    apply_roster(cohort=cohort, data=roster("first", officers), file_name="first.csv", by=None)
    return School(edition, cohort, _signed_in(cohort), manager, password)


def new_cohort(code: str, edition: CurriculumEdition, officers: int) -> Cohort:
    """An empty cohort of one Participant."""
    today = clock.today()
    return Cohort.objects.create(
        code=code,
        name_en=code,
        name_es=code,
        edition=edition,
        participant=Agency.objects.get(code=SIDES["SHCP"]).participant,
        opens_on=today - dt.timedelta(days=30),
        closes_on=today + dt.timedelta(days=60),
        target_persons=officers,
    )


def roster(name: str, officers: int) -> bytes:
    """A roster of people who do not exist yet."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        ("officer_number", "given_names", "surname_1", "surname_2", "email", "agency", "office", "position", "language")
    )
    for n in range(officers):
        person = (f"{name}-{n:06d}", "María José", f"Núñez {n:06d}", "Ávila", f"{name}{n}@aduanas.example")
        post = (SIDES["SHCP"], f"Aduana {n % OFFICES + 1}", "Verificador", "es" if n % 2 else "en")
        writer.writerow((*person, *post))
    return file.getvalue().encode()


def _edition() -> CurriculumEdition:
    home = ensure_home()
    load_foundation(read_yaml(settings.PUENTE_CONTENT_DIR / "foundation.yaml"), [])
    catalog = CatalogPage(title="Catalog", slug="courses", title_en="Catalog", title_es="Catálogo")
    home.add_child(instance=catalog)
    page = load_course(catalog, source.course(), source.lessons(), source.items(), Writing(None))
    _set_rules(page)
    curriculum = Curriculum.objects.create(code="CO", title_en="Customs Officer", title_es="Oficial de aduanas")
    CurriculumCourse.objects.create(curriculum=curriculum, course=page, sort_order=0)
    edition = propose_edition(curriculum=curriculum, by=None)
    for side in SIDES:
        approve_edition(edition=edition, by=_person("approver", side, Role.APPROVER, None))
    return publish_edition(edition=edition, by=None)


def _set_rules(course: Page) -> None:
    """The rules of the benchmark's quiz, as an author would set them."""
    quiz = QuizPage.objects.child_of(course).get().get_latest_revision_as_object()
    quiz.items_drawn, quiz.items_per_page, quiz.pass_percent = source.ITEMS, 0, source.PASS_PERCENT
    quiz.save_revision(clean=True)


def _person(name: str, side: str, role: Role, password: str | None) -> User:
    agency = Agency.objects.get(code=SIDES[side])
    office, _made = Office.objects.get_or_create(
        agency=agency, code="headquarters", defaults={"name_en": "Headquarters", "name_es": "Oficinas centrales"}
    )
    user = User.objects.create_user(
        f"{name}@{side.lower()}.example",
        password,
        given_names=name.capitalize(),
        surname_1=side,
        participant=agency.participant,
        agency=agency,
        office=office,
        preferred_language="es",
        is_demo=True,
    )
    grant_role(user=user, role=role, participant=agency.participant, by=None)
    return user


@transaction.atomic
def _signed_in(cohort: Cohort) -> list[Officer]:
    """Sessions as a sign-in leaves them, without the price of as many password hashes."""
    records = CourseRecord.objects.filter(enrolled__enrollment__cohort=cohort).in_bulk(field_name="pk")
    by_person = {record.person_id: record.pk for record in records.values()}
    officers = []
    people = Enrollment.objects.filter(cohort=cohort).select_related("person").order_by("pk")
    for number, enrollment in enumerate(people):
        client = Client()
        client.force_login(enrollment.person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        officers.append(Officer(number, by_person[enrollment.person_id], session))
    return officers
