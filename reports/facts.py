"""Reads all floors as of a cut-off, in one transaction that sees one moment, with a fixed number of queries.

What happened after the cut-off is left out, so that the extract of a past period stays the same while a round goes on.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from certificates.models import Credential
from courses.models import Attempt, FrozenCourse, Goal, LessonProgress
from curricula.models import Cohort, EnrolledCourse, Enrollment
from people.models import Agency, Office, Participant

from .snapshots.schema import BASES, CREDENTIALS, LANGUAGES, NONE, TABLE, TABLES, Columns

EPOCH = dt.date(1970, 1, 1)
Row = tuple[Any, ...]
ByKey = dict[int, int]
"""Primary key to row number of a table of the extract."""


def read_facts(*, cut_off: dt.datetime) -> tuple[dict[str, Columns], bool]:
    """All tables of an extract, and whether demonstration data is among them. The number of queries does not depend on
    the number of officers. `cut_off` is aware; what happened at it counts."""
    cohorts = list(
        Cohort.objects.filter(opens_on__lte=cut_off.date()).select_related("edition__curriculum").order_by("code")
    )
    curricula = sorted({cohort.edition.curriculum for cohort in cohorts}, key=lambda curriculum: curriculum.code)
    curriculum_rows: ByKey = {curriculum.pk: row for row, curriculum in enumerate(curricula)}
    places = _Places()
    enrollments = _enrollments(cut_off, cohorts, places)
    places.number()
    courses = _Courses.followed_in(enrollments)
    records, record_rows = _records(cut_off, enrollments, courses)
    rows: dict[str, list[Row]] = {
        **places.rows(),
        "goals": [(goal.instrument.code, goal.number, goal.name_en, goal.name_es) for goal in courses.goals],
        "curricula": [(each.code, each.title_en, each.title_es) for each in curricula],
        **courses.rows(),
        "cohorts": [_cohort_row(cohort, curriculum_rows) for cohort in cohorts],
        "enrollments": [enrollment.row(places) for enrollment in enrollments],
        "records": record_rows,
        "attempts": _attempts(cut_off, records, courses),
        "requirements": _requirements(enrollments, cohorts, curriculum_rows, places),
    }
    is_demo = any(cohort.is_demo for cohort in cohorts)
    return {table.name: TABLE[table.name].filled(rows[table.name]) for table in TABLES}, is_demo


class _Places:
    """Participants, and the agencies and offices from which somebody is enrolled."""

    def __init__(self) -> None:
        self.participants = list(Participant.objects.order_by("position", "code"))
        self.agencies = {agency.pk: agency for agency in Agency.objects.order_by("code")}
        self.offices = {office.pk: office for office in Office.objects.order_by("agency__code", "code")}
        self.seen_agencies: set[int] = set()
        self.seen_offices: set[int] = set()
        self.participant_row: ByKey = {each.pk: row for row, each in enumerate(self.participants)}
        self.agency_row: ByKey = {}
        self.office_row: ByKey = {}

    def see(self, agency: int, office: int) -> None:
        self.seen_agencies |= {agency, self.offices[office].agency_id}
        self.seen_offices.add(office)

    def number(self) -> None:
        """Give rows to what was seen, in the order of their codes."""
        self.agency_row = {pk: row for row, pk in enumerate(pk for pk in self.agencies if pk in self.seen_agencies)}
        self.office_row = {pk: row for row, pk in enumerate(pk for pk in self.offices if pk in self.seen_offices)}

    def rows(self) -> dict[str, list[Row]]:
        agencies = [self.agencies[pk] for pk in self.agency_row]
        offices = [self.offices[pk] for pk in self.office_row]
        return {
            "participants": [(each.code, each.name_en, each.name_es) for each in self.participants],
            "agencies": [
                (each.code, each.name_en, each.name_es, self.participant_row[each.participant_id]) for each in agencies
            ],
            "offices": [(each.code, each.name_en, each.name_es, self.agency_row[each.agency_id]) for each in offices],
        }


@dataclass(frozen=True, slots=True)
class _Enrolled:
    pk: int
    person: int
    cohort: int
    participant: int
    agency: int
    office: int
    language: str
    enrolled_on: int
    completed_on: int
    withdrawn_on: int
    credential: str

    def row(self, places: _Places) -> Row:
        return (
            self.person,
            self.cohort,
            places.participant_row[self.participant],
            places.agency_row[self.agency],
            places.office_row[self.office],
            LANGUAGES.index(self.language),
            self.enrolled_on,
            self.completed_on,
            self.withdrawn_on,
            CREDENTIALS.index(self.credential),
        )


def _enrollments(cut_off: dt.datetime, cohorts: list[Cohort], places: _Places) -> list[_Enrolled]:
    """Enrollments until the cut-off, in an order that tells nothing about the persons."""
    cohort_row: ByKey = {cohort.pk: row for row, cohort in enumerate(cohorts)}
    edition_of = {cohort.pk: cohort.edition_id for cohort in cohorts}
    credentials = {
        (person, edition): "revoked" if revoked and revoked <= cut_off else "valid"
        for person, edition, revoked in Credential.objects.filter(issued_at__lte=cut_off)
        .order_by("issued_at", "pk")  # the latest of several counts
        .values_list("person_id", "edition_id", "revoked_at")
    }
    found = list(
        _enrolled_by(cut_off).values_list(
            "pk", "person_id", "cohort_id", "participant_id", "agency_id", "office_id", "language",
            "enrolled_at", "completed_at", Coalesce("withdrawn_at", "left_at"),
        )
    )  # fmt: skip
    persons = _person_numbers({row[1] for row in found})
    enrollments = []
    for pk, person, cohort, participant, agency, office, language, enrolled, completed, withdrawn in found:
        places.see(agency, office)
        enrollments.append(
            _Enrolled(
                pk, persons[person], cohort_row[cohort], participant, agency, office, language,
                _day(enrolled, cut_off), _day(completed, cut_off), _day(withdrawn, cut_off),
                credentials.get((person, edition_of[cohort]), "none"),
            )
        )  # fmt: skip
    return sorted(enrollments, key=lambda each: (each.person, each.cohort))


def _enrolled_by(cut_off: dt.datetime) -> QuerySet[Enrollment]:
    """Who had been enrolled. A transfer until then leads to the new cohort alone, so that nobody counts twice."""
    gone = Q(state=Enrollment.State.TRANSFERRED, left_at__lte=cut_off)
    return Enrollment.objects.filter(enrolled_at__lte=cut_off, cohort__opens_on__lte=cut_off.date()).exclude(gone)


def _transferred_since(cut_off: dt.datetime) -> dict[int, int]:
    """Enrollments that came from a later transfer, with the one before: their courses had been followed there."""
    later = Enrollment.objects.filter(enrolled_at__gt=cut_off, transferred_from__isnull=False)
    return {new: old for new, old in later.values_list("pk", "transferred_from") if old is not None}


def _person_numbers(persons: set[int]) -> dict[int, int]:
    """Numbers from 0 whose order nobody can tell without the installation's secret."""
    shuffled = sorted(
        persons, key=lambda pk: salted_hmac("puente.reports.person", str(pk), algorithm="sha256").digest()
    )
    return {pk: number for number, pk in enumerate(shuffled)}


def _cohort_row(cohort: Cohort, curriculum_rows: ByKey) -> Row:
    return (
        cohort.code,
        cohort.name_en,
        cohort.name_es,
        curriculum_rows[cohort.edition.curriculum_id],
        cohort.edition.number,
        _day_number(cohort.opens_on),
        _day_number(cohort.closes_on),
        cohort.target_persons,
    )


@dataclass
class _Courses:
    """The frozen courses that are followed, with their quizzes and the goals of all instruments."""

    frozen: list[FrozenCourse]
    goals: list[Goal]
    row: ByKey = field(init=False)
    quiz_row: dict[tuple[int, str], int] = field(init=False)

    @classmethod
    def followed_in(cls, enrollments: list[_Enrolled]) -> _Courses:
        goals = list(Goal.objects.select_related("instrument").order_by("instrument__signed_on", "number"))
        followed = FrozenCourse.objects.filter(records__enrolled__isnull=False).distinct() if enrollments else []
        return cls(sorted(followed, key=lambda course: (course.code, course.frozen_at, course.sha256)), goals)

    def __post_init__(self) -> None:
        self.row = {course.pk: row for row, course in enumerate(self.frozen)}
        pairs = [(course.pk, quiz["code"]) for course in self.frozen for quiz in course.content["quizzes"]]
        self.quiz_row = {pair: row for row, pair in enumerate(pairs)}

    def rows(self) -> dict[str, list[Row]]:
        goal_row = {(goal.instrument.code, goal.number): row for row, goal in enumerate(self.goals)}
        return {
            "courses": [
                (course.code, course.title_en, course.title_es, float(course.hours), course.sha256)
                for course in self.frozen
            ],
            "course_goals": [
                (row, goal_row[goal["instrument"], goal["number"]], int(goal["primary"]))
                for row, course in enumerate(self.frozen)
                for goal in course.content["goals"]
                if (goal["instrument"], goal["number"]) in goal_row
            ],
            "quizzes": [
                (quiz["code"], quiz["title"]["en"], quiz["title"]["es"], row, float(quiz["rules"]["pass_percent"]))
                for row, course in enumerate(self.frozen)
                for quiz in course.content["quizzes"]
            ],
        }


@dataclass(frozen=True, slots=True)
class _Record:
    row: int
    course: int


def _records(
    cut_off: dt.datetime, enrollments: list[_Enrolled], courses: _Courses
) -> tuple[dict[int, _Record], list[Row]]:
    """Records by primary key, and their rows in the order of the enrollments."""
    enrollment_row: ByKey = {each.pk: row for row, each in enumerate(enrollments)}
    read = Counter[tuple[int, str]]()
    lessons = LessonProgress.objects.filter(completed_at__lte=cut_off).values_list("record_id", "language")
    for record, language, count in lessons.annotate(count=Count("pk")).order_by():
        read[record, language] = count
    passed = Attempt.objects.filter(passed=True, submitted_at__lte=cut_off).values_list("record_id")
    quizzes = dict(passed.annotate(count=Count("quiz_code", distinct=True)).order_by())
    earlier = _transferred_since(cut_off)
    then = Q(enrollment__in=_enrolled_by(cut_off)) | Q(enrollment__in=earlier)
    links = EnrolledCourse.objects.filter(then).values_list(
        "enrollment_id", "position", "record_id", "record__course_id",
        "record__opened_at", "record__completed_at", "record__objects_total",
    )  # fmt: skip
    records: dict[int, _Record] = {}
    rows: list[Row] = []
    placed = [(enrollment_row.get(_then(link[0], earlier), NONE), link) for link in links]
    for row, (_, _, record, course, opened, completed, total) in sorted(
        (pair for pair in placed if pair[0] != NONE), key=lambda pair: (pair[0], pair[1][1])
    ):
        english, spanish = read[record, "en"], read[record, "es"]
        done = english + spanish + quizzes.get(record, 0)
        records[record] = _Record(len(rows), course)
        rows.append(
            (
                row, courses.row[course], _day(opened, cut_off), _day(completed, cut_off),
                min(1.0, done / total) if total else 0.0, english, spanish,
            )
        )  # fmt: skip
    return records, rows


def _then(enrollment: int, earlier: ByKey) -> int:
    """The enrollment in which a course was followed at the cut-off, before all later transfers."""
    while enrollment in earlier:
        enrollment = earlier[enrollment]
    return enrollment


def _attempts(cut_off: dt.datetime, records: dict[int, _Record], courses: _Courses) -> list[Row]:
    """Attempts handed in until the cut-off, in the order of the records."""
    attempts = Attempt.objects.filter(state=Attempt.State.SUBMITTED, submitted_at__lte=cut_off).values_list(
        "record_id", "quiz_code", "number", "score_percent", "passed", "language", "submitted_at"
    )
    return sorted(
        (
            records[record].row, courses.quiz_row[records[record].course, quiz], number,
            float(cast("Decimal", percent)), int(cast("bool", passed)),
            LANGUAGES.index(language), _day(submitted, cut_off),
        )
        for record, quiz, number, percent, passed, language, submitted in attempts.iterator(chunk_size=5000)
        if record in records and (records[record].course, quiz) in courses.quiz_row
    )  # fmt: skip


def _requirements(
    enrollments: list[_Enrolled], cohorts: list[Cohort], curriculum_rows: ByKey, places: _Places
) -> list[Row]:
    """Who is on a roster counts as required, each person once in a curriculum, at the latest post."""
    post: dict[tuple[int, int], int] = {}
    for each in sorted(enrollments, key=lambda each: each.enrolled_on):
        post[each.person, curriculum_rows[cohorts[each.cohort].edition.curriculum_id]] = places.office_row[each.office]
    required = Counter((curriculum, office) for (_, curriculum), office in post.items())
    return [
        (curriculum, office, persons, BASES.index("roster"))
        for (curriculum, office), persons in sorted(required.items())
    ]


def _day_number(day: dt.date) -> int:
    return (day - EPOCH).days


def _day(moment: dt.datetime | None, cut_off: dt.datetime) -> int:
    """The day in UTC of what happened by the cut-off; -1 for what had not happened."""
    return NONE if moment is None or moment > cut_off else _day_number(moment.astimezone(dt.UTC).date())
