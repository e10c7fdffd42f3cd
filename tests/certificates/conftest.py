"""A curriculum that somebody completed, built row by row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from certificates.models import Credential, Signatory
from certificates.services.issuance import DRAWING, issue_credential
from courses.models import CourseRecord, FrozenCourse
from curricula.models import Approval, Cohort, Curriculum, CurriculumEdition, EditionCourse, EnrolledCourse, Enrollment
from jobs.models import Job
from jobs.services import enqueue, run
from people.models import Agency, Office, Participant, RoleGrant, User
from people.roles import Role
from tests.school import with_second_factor

DAY = dt.date(2026, 11, 20)
COMPLETED_AT = dt.datetime(2026, 11, 20, 17, 0, tzinfo=dt.UTC)


@dataclass
class World:
    """Two Participants, one edition of two courses, one cohort."""

    participants: dict[str, Participant]
    offices: dict[str, Office]
    edition: CurriculumEdition
    cohort: Cohort

    def officer(self, name: str = "Javier Ávila Lara", side: str = "SHCP", role: Role | None = None) -> User:
        given, surname, *rest = name.split(" ")
        office = self.offices[side]
        user = User.objects.create_user(
            f"{User.objects.count()}@{side.lower()}.example",
            given_names=given,
            surname_1=surname,
            surname_2=" ".join(rest),
            officer_number=f"{side}-{User.objects.count():06d}",
            participant=self.participants[side],
            agency=office.agency,
            office=office,
        )
        if role:
            RoleGrant.objects.create(
                user=user, role=role, participant=self.participants[side], from_on=DAY - dt.timedelta(days=400)
            )
            with_second_factor(user)
        return user

    def enrollment(self, person: User, *, is_completed: bool = True) -> Enrollment:
        enrollment = Enrollment.objects.create(
            person=person,
            cohort=self.cohort,
            participant=person.participant,
            agency=person.agency,
            office=person.office,
            language="es",
            enrolled_at=COMPLETED_AT - dt.timedelta(days=90),
            state=Enrollment.State.COMPLETED if is_completed else Enrollment.State.ACTIVE,
            completed_at=COMPLETED_AT if is_completed else None,
        )
        for position, course in enumerate(self.edition.frozen_courses.order_by("code"), 1):
            done = is_completed or position == 1
            record = CourseRecord.objects.create(
                person=person,
                course=course,
                objects_total=1,
                objects_done=int(done),
                score_percent=Decimal(80 + position) if done else None,
                completed_at=COMPLETED_AT if done else None,
                opened_at=COMPLETED_AT - dt.timedelta(days=60),
            )
            EnrolledCourse.objects.create(enrollment=enrollment, record=record, position=position)
        return enrollment

    def credential(self, name: str = "Javier Ávila Lara", side: str = "SHCP") -> Credential:
        return issue_credential(enrollment=self.enrollment(self.officer(name, side)), at=COMPLETED_AT)


def frozen_course(code: str, number: int) -> FrozenCourse:
    pair = {"en": f"Course {number}", "es": f"Curso {number}"}
    content = {
        "code": code,
        "title": pair,
        "hours": "6",
        "modes": {"en": "Self-paced 4 h, with an instructor 2 h", "es": "A su ritmo 4 h, con docente 2 h"},
        "outcomes": [{"en": f"Explain {n} of {code}.", "es": f"Explicar {n} de {code}."} for n in range(1, 4)],
        "goals": [
            {
                "instrument": "declaration-2009",
                "number": 2,
                "primary": True,
                "name": {"en": "Professionalism", "es": "Profesionalización"},
            },
            {
                "instrument": "declaration-2009",
                "number": number,
                "primary": False,
                "name": {"en": "Other", "es": "Otra"},
            },
        ],
        "lessons": [],
        "quizzes": [],
    }
    return FrozenCourse.objects.create(
        code=code, title_en=pair["en"], title_es=pair["es"], hours=Decimal(6), content=content, sha256=f"{number:064d}"
    )


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:
    settings.PUENTE_PRIVATE_DIR = tmp_path / "private"
    settings.PUENTE_KEYS_DIR = tmp_path / "keys"
    settings.PUENTE_BASE_URL = "https://puente.example"
    return build_world()


def build_world() -> World:
    """The rows of a world with nobody in it yet but the approvers."""
    participants, offices = {}, {}
    for position, (code, agency, name) in enumerate((("DHS", "CBP", "Laredo"), ("SHCP", "AGA", "Nuevo Laredo")), 1):
        participants[code] = Participant.objects.create(
            code=code,
            name_en=f"{code} in English",
            name_es=f"{code} en español",
            country_en=code,
            country_es=code,
            position=position,
        )
        held = Agency.objects.create(
            participant=participants[code], code=agency, name_en=f"{agency} agency", name_es=f"Agencia {agency}"
        )
        offices[code] = Office.objects.create(
            agency=held, code=name.lower().replace(" ", "-"), name_en=name, name_es=name
        )
        Signatory.objects.create(
            participant=participants[code],
            agency=held,
            name=f"Signatory of {code}",
            post_en="Director",
            post_es="Directora",
            from_on=DAY - dt.timedelta(days=400),
        )
    curriculum = Curriculum.objects.create(
        code="IN", title_en="Integrity and Conduct", title_es="Integridad y conducta"
    )
    edition = CurriculumEdition.objects.create(
        curriculum=curriculum, number=1, state="published", sha256="e" * 64, published_at=COMPLETED_AT
    )
    for position, code in enumerate(("IN-201", "IN-202"), 1):
        EditionCourse.objects.create(edition=edition, course=frozen_course(code, position + 2), position=position)
    cohort = Cohort.objects.create(
        code="round",
        name_en="Round",
        name_es="Generación",
        edition=edition,
        opens_on=DAY - dt.timedelta(days=90),
        closes_on=DAY,
    )
    world = World(participants, offices, edition, cohort)
    for n, code in enumerate(("DHS", "SHCP")):
        approver = world.officer("Approver of Participant", code, Role.APPROVER)
        Approval.objects.create(
            edition=edition,
            participant=participants[code],
            approver=approver,
            sha256="e" * 64,
            decided_at=COMPLETED_AT - dt.timedelta(days=200 - n),
        )
    return world


def draw_all() -> Job:
    """Run the drawing job here and now, as a worker would."""
    job = enqueue(kind=DRAWING, by=None, key=DRAWING)
    run(job_id=job.pk)
    job.refresh_from_db()
    return job


@pytest.fixture
def as_user(client: Client) -> object:
    def sign_in(user: User) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
