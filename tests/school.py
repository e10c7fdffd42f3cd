"""A small school, made by the product's own services: one curriculum, one course, two lessons, a quiz of five items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from courses.freezing import freeze_content
from courses.models import CatalogPage, CourseRecord
from courses.services.lessons import complete_lesson, open_lesson
from curricula.loading.foundation import load_foundation
from curricula.loading.pages import load_course
from curricula.loading.sources import read_yaml
from curricula.loading.writing import Writing
from curricula.models import Cohort, Curriculum, CurriculumCourse, CurriculumEdition, Enrollment
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from curricula.services.enrollments import enroll
from lms.home.site import ensure_home
from people import clock
from people.models import Agency, Letter, Office, Participant, User
from people.roles import Role
from people.second_factor import lacks_second_factor
from people.services.roles import grant_role
from tests.remembered import remembered

FOUNDATION = Path(settings.PUENTE_CONTENT_DIR) / "foundation.yaml"


def pair(text: str) -> dict[str, str]:
    """A text in both languages that tells them apart."""
    return {"en": f"{text} (English)", "es": f"{text} (español)"}


def lesson(number: int, code: str = "CO-101") -> dict[str, Any]:
    """A lesson with a paragraph, a callout, a case and a check."""
    node = {
        "id": "a",
        "text": pair("Node a"),
        "choices": [{"text": pair("Go"), "to": "b", "consequence": pair("Then")}],
    }
    option = {letter: {**pair(f"Option {letter}"), "feedback": pair(f"Feedback {letter}")} for letter in "ABCD"}
    return {
        "code": f"{code}-L{number}", "number": number, "title": pair(f"Lesson {number}"), "minutes": 30,
        "outcomes": [1], "sources": [],
        "blocks": [
            {"type": "heading", "level": 2, "id": "first", **pair("Heading")},
            {"type": "prose", **pair("A **bold** paragraph & more")},
            {"type": "callout", "tone": "law", "title": pair("Law"), "text": pair("Text")},
            {"type": "scenario", "id": "case", "title": pair("Case"), "opening": pair("Opening"), "start": "a",
             "nodes": [node, {"id": "b", "text": pair("Node b"), "choices": []}], "debrief": pair("Debrief")},
            {"type": "heading", "level": 2, "id": "second", **pair("Second heading")},
            {"type": "check", "id": "one", "stem": pair("Check stem"), "options": option, "key": "B"},
        ],
    }  # fmt: skip


def items(code: str = "CO-101") -> list[dict[str, Any]]:
    """Five items of all kinds."""
    options = {letter: pair(f"Option {letter}") for letter in "ABCD"}
    common = {"level": "remember", "lesson": [1], "rationale": pair("Because")}
    return [
        {"code": f"{code}-01", "stem": pair("Single"), "options": options, "key": "A", **common},
        {"code": f"{code}-02", "stem": pair("Another"), "options": options, "key": "C", **common},
        {"code": f"{code}-03", "kind": "multiple", "stem": pair("Multiple"), "options": options, "key": ["A", "D"],
         **common},
        {"code": f"{code}-04", "kind": "true_false", "stem": pair("True"),
         "options": {"A": pair("True"), "B": pair("False")}, "key": ["B"], **common},
        {"code": f"{code}-05", "kind": "numeric", "stem": pair("Number"),
         "number": {"answer": "12.5", "tolerance": "0.1"}, **common},
    ]  # fmt: skip


def _with(blocks: Sequence[dict[str, Any]], lesson: dict[str, Any]) -> dict[str, Any]:
    return lesson | {"blocks": [*lesson["blocks"], *blocks]}


Questions = Callable[[str], list[dict[str, Any]]]
Lessons = Callable[[int, str], dict[str, Any]]

RIGHT: dict[str, list[str]] = {"01": ["A"], "02": ["C"], "03": ["A", "D"], "04": ["B"], "05": ["12,5"]}


def course(code: str = "CO-101") -> dict[str, Any]:
    """The source of a course."""
    return {
        "code": code, "title": pair(f"Course {code}"), "goals": ["G1", "G3"], "hours": 6,
        "modes": {"en": "Self-paced 6 h", "es": "Autoformación 6 h"}, "prerequisites": [],
        "description": pair("Description"), "outcomes": [pair("Outcome")],
    }  # fmt: skip


@dataclass
class School:
    """What stands after `build`; people are made on demand."""

    participants: dict[str, Participant]
    curriculum: Curriculum
    edition: CurriculumEdition
    cohort: Cohort
    made: int = field(default=0)

    def person(self, side: str = "SHCP", role: Role | None = None, language: str = "es", **fields: Any) -> User:
        """A person of one side, with a role."""
        self.made += 1
        agency = Agency.objects.get(code={"SHCP": "AGA", "DHS": "CBP"}[side])
        office, _ = Office.objects.get_or_create(
            agency=agency, code="port", defaults={"name_en": "Port", "name_es": "Puerto"}
        )
        values = {
            "given_names": "Javier", "surname_1": f"Núñez{self.made}", "surname_2": "Ávila",
            "participant": agency.participant, "agency": agency, "office": office, "preferred_language": language,
            "officer_number": f"N-{self.made}", **fields,
        }  # fmt: skip
        user = User.objects.create_user(f"person{self.made}@{side.lower()}.example", "a-long-password", **values)
        if role:
            grant_role(user=user, role=role, participant=agency.participant, by=None)
        if role and role != Role.TRAINEE:
            with_second_factor(user)
        return user

    def trainee(self, side: str = "SHCP", **fields: Any) -> tuple[User, Enrollment, CourseRecord]:
        """An enrolled officer."""
        user = self.person(side, Role.TRAINEE, **fields)
        enrollment = enroll(people=[user], cohort=self.cohort, by=None)[0]
        return user, enrollment, enrollment.courses.get().record

    def client(self, user: User) -> Client:
        """A browser in which the person is signed in."""
        if lacks_second_factor(user):
            with_second_factor(user)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client


def with_second_factor(user: User) -> User:
    """The person has set up an authenticator app, as everybody above trainee must."""
    TOTP.activate(user, generate_totp_secret())
    return user


def build(
    code: str = "CO",
    courses: tuple[str, ...] = ("CO-101",),
    questions: Questions = items,
    lessons: Lessons = lesson,
    blocks: Sequence[dict[str, Any]] = (),
    folder: Path = FOUNDATION.parent,
) -> School:
    """The school, with an edition that both Participants have approved, and an open cohort.

    The first lessons end with further `blocks`, as a source file has them; their files lie in `folder`.
    """
    plan = Plan(code, courses, questions, lessons, blocks, folder)

    def make() -> tuple[int, int]:
        school = _build(plan)
        return school.cohort.pk, school.made

    cohort_pk, made = remembered((repr(plan), questions, lessons, clock.today()), make)
    cohort = Cohort.objects.select_related("edition__curriculum").get(pk=cohort_pk)
    participants = Participant.objects.in_bulk(field_name="code")
    return School(participants, cohort.edition.curriculum, cohort.edition, cohort, made)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a school is built from."""

    code: str
    courses: tuple[str, ...]
    questions: Questions
    lessons: Lessons
    blocks: Sequence[dict[str, Any]]
    folder: Path


def _build(plan: Plan) -> School:
    home = ensure_home()
    call_command("sync_roles", verbosity=0)
    load_foundation(
        read_yaml(FOUNDATION),
        [
            {
                "en": "seal",
                "es": "sello",
                "domain": "",
                "definition_en": "d",
                "definition_es": "d",
                "note_en": "",
                "note_es": "",
            }
        ],
    )
    catalog = CatalogPage.objects.first()
    if catalog is None:
        catalog = CatalogPage(title="Catalog", slug="courses", title_en="Catalog", title_es="Catálogo")
        home.add_child(instance=catalog)
    writing = Writing(None, folder=plan.folder)
    pages = [
        load_course(
            catalog,
            course(code),
            [_with(plan.blocks, plan.lessons(1, code)), plan.lessons(2, code)],
            plan.questions(code),
            writing,
        )
        for code in plan.courses
    ]
    curriculum = Curriculum.objects.create(code=plan.code, title_en="Customs Officer", title_es="Oficial de aduanas")
    CurriculumCourse.objects.bulk_create(
        [CurriculumCourse(curriculum=curriculum, course=p, sort_order=n) for n, p in enumerate(pages)]
    )
    participants = Participant.objects.in_bulk(field_name="code")
    edition = propose_edition(curriculum=curriculum, by=None)
    school = School(participants, curriculum, edition, Cohort())
    approve_edition(edition=edition, by=school.person("DHS", Role.APPROVER))
    approve_edition(edition=edition, by=school.person("SHCP", Role.APPROVER))
    school.edition = publish_edition(edition=edition, by=None)
    Letter.objects.all().delete()  # nobody waits for those about the edition's making,
    connection.run_on_commit.clear()  # and the bell that rang for them is silent
    today = clock.today()
    school.cohort = Cohort.objects.create(
        code="cohort-1", name_en="Cohort one", name_es="Grupo uno", edition=school.edition,
        opens_on=today - dt.timedelta(days=30), closes_on=today + dt.timedelta(days=60), target_persons=10,
    )  # fmt: skip
    call_command("sync_roles", verbosity=0)
    return school


def with_rules(record: CourseRecord, **rules: Any) -> CourseRecord:
    """The record of a course whose quiz has these rules, frozen as any other content is."""
    content = deepcopy(record.course.content)
    content["quizzes"][0]["rules"] |= rules
    record.course = freeze_content(content, record.course.revisions)
    record.save(update_fields=["course"])
    return record


def lessons_done(record: CourseRecord) -> CourseRecord:
    """The record with its lessons completed, so that the quiz is open."""
    for lesson in record.course.content["lessons"]:
        what = {"record": record, "lesson_code": lesson["code"], "language": "en", "by": record.person}
        open_lesson(**what)
        complete_lesson(**what)
    return CourseRecord.objects.select_related("course", "person").get(pk=record.pk)
