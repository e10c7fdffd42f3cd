"""Reads that cross models: the cohort board and a trainee's learning. Query counts do not grow with the cohort."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from courses.models import CourseRecord
from people import clock
from people.models import User
from people.selectors import to_invite

from .access import enrollments_visible_to
from .at_risk import AtRisk, officers_at_risk
from .models import Cohort, CurriculumEdition, EnrolledCourse, Enrollment, EvaluationGiven
from .models.cohort import EnrollmentQuerySet
from .risk_words import sentence

SHOWN_AT_RISK = 20


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a cohort: its number from the opening day, how many had completed by its end, and the plan."""

    number: int
    completed: int | None
    planned: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the cohort board shows. Counts are persons."""

    enrolled: int
    active: int
    completed: int
    withdrawn: int
    invited: int
    on_leave: int
    lapsed: int
    started: int
    at_risk: int
    planned_today: int
    week_now: int
    weeks: list[Week]
    stages: list[dict[str, Any]]  # key, count
    courses: list[dict[str, Any]]  # code, title_en, title_es
    offices: list[dict[str, Any]]  # name, persons, cells: percent per course, completed percent
    needing_help: list[dict[str, Any]]  # enrollment, reasons


def cohort_board(cohort: Cohort, enrollments: EnrollmentQuerySet) -> Board:
    """The board of a cohort over the enrollments that the reader may see. Twelve queries.

    Whoever went on in another cohort counts there; whoever is on leave, or has not come yet, is not at risk.
    """
    enrollments = enrollments.counted()
    counts = enrollments.aggregate(
        enrolled=Count("pk"),
        active=Count("pk", filter=Q(state="active")),
        completed=Count("pk", filter=Q(state="completed")),
        withdrawn=Count("pk", filter=Q(state="withdrawn")),
        invited=Count("pk", filter=Q(state="invited")),
        on_leave=Count("pk", filter=Q(state="on_leave")),
        lapsed=Count("pk", filter=Q(state="lapsed")),
    )
    links = EnrolledCourse.objects.filter(enrollment__in=enrollments)
    per_person = links.values("enrollment").annotate(
        opened=Min("record__opened_at"),
        done=Count("record__completed_at"),
        total=Count("pk"),
    )
    progress = {row["enrollment"]: row for row in per_person}
    at_risk = [row for row in officers_at_risk(cohort, enrollments) if not row.is_quiet]
    courses = list(
        cohort.edition.edition_courses.order_by("position").values(
            "course__code", "course__title_en", "course__title_es", "position"
        )
    )
    weeks = _weeks(cohort, enrollments, counts["enrolled"])
    week_now = _week_of(cohort, clock.today())
    return Board(
        **counts,
        started=sum(1 for row in progress.values() if row["opened"]),
        at_risk=len(at_risk),
        planned_today=_planned(cohort, counts["enrolled"], clock.today()),
        week_now=week_now,
        weeks=weeks,
        stages=_stages(counts, progress),
        courses=[
            {"code": c["course__code"], "title_en": c["course__title_en"], "title_es": c["course__title_es"]}
            for c in courses
        ],
        offices=_offices(enrollments, links, [c["course__code"] for c in courses]),
        needing_help=_needing_help(at_risk[:SHOWN_AT_RISK]),
    )


def newer_edition(cohort: Cohort) -> CurriculumEdition | None:
    """The published edition that a cohort could go over to."""
    published = CurriculumEdition.objects.filter(state=CurriculumEdition.State.PUBLISHED)
    own = cohort.edition
    return published.filter(curriculum=own.curriculum_id, pk__gt=own.pk).select_related("curriculum").first()


def officers_to_invite(cohort: Cohort, by: User | AnonymousUser) -> QuerySet[User]:
    """Officers who follow a cohort, of those the reader may see, who cannot sign in and whom nobody has invited."""
    following = enrollments_visible_to(by, cohort).following()
    return to_invite(User.objects.filter(pk__in=following.values("person"))).order_by("pk")


def learning_of(person: User) -> list[dict[str, Any]]:
    """A trainee's enrollments with their courses' records, newest first. Two queries."""
    enrollments = list(
        Enrollment.objects.filter(person=person)
        .exclude(state__in=[Enrollment.State.WITHDRAWN, Enrollment.State.TRANSFERRED])
        .select_related("cohort__edition__curriculum", "kept_edition__curriculum")
        .order_by("-enrolled_at", "-pk")
    )
    links = (
        EnrolledCourse.objects.filter(enrollment__in=enrollments)
        .select_related("record__course")
        .defer("record__course__content")
        .order_by("position")
    )
    records: dict[int, list[CourseRecord]] = {}
    for link in links:
        records.setdefault(link.enrollment_id, []).append(link.record)
    return [{"enrollment": e, "cohort": e.cohort, "records": records.get(e.pk, [])} for e in enrollments]


def to_evaluate(learning: list[dict[str, Any]], today: dt.date) -> list[CourseRecord]:
    """Of a trainee's learning, the completed courses that can still be evaluated. One query."""
    records = [
        record
        for row in learning
        if row["cohort"].closes_on >= today
        for record in row["records"]
        if record.completed_at is not None
    ]
    given = set(EvaluationGiven.objects.filter(record__in=records).values_list("record_id", flat=True))
    return [record for record in records if record.pk not in given]


def _week_of(cohort: Cohort, day: dt.date) -> int:
    return max(0, min((day - cohort.opens_on).days // 7 + 1, _last_week(cohort)))


def _last_week(cohort: Cohort) -> int:
    return (cohort.closes_on - cohort.opens_on).days // 7 + 1


def planned(cohort: Cohort, persons: int, day: dt.date) -> int:
    """The plan of a cohort for so many persons: nobody in the first tenth of the period, then evenly until all have
    completed on the closing day."""
    length = max(1, (cohort.closes_on - cohort.opens_on).days)
    share = ((day - cohort.opens_on).days / length - 0.1) / 0.9
    return round(persons * min(1.0, max(0.0, share)))


def _planned(cohort: Cohort, persons: int, day: dt.date) -> int:
    return planned(cohort, cohort.target_persons or persons, day)


def _weeks(cohort: Cohort, enrollments: EnrollmentQuerySet, persons: int) -> list[Week]:
    per_day = dict(
        enrollments.completed()
        .annotate(day=TruncDate("completed_at"))
        .values("day")
        .annotate(n=Count("pk"))
        .values_list("day", "n")
    )
    today, weeks = clock.today(), []
    for number in range(_last_week(cohort) + 1):
        end = min(cohort.opens_on + dt.timedelta(days=7 * number), cohort.closes_on)
        so_far = end <= today
        completed = sum(n for day, n in per_day.items() if day <= end) if so_far else None
        weeks.append(Week(number, completed, _planned(cohort, persons, end)))
    return weeks


def _stages(counts: dict[str, int], progress: dict[int, Any]) -> list[dict[str, Any]]:
    rows = progress.values()
    return [
        {"key": "enrolled", "count": counts["enrolled"]},
        {"key": "started", "count": sum(1 for row in rows if row["opened"])},
        {"key": "first_course", "count": sum(1 for row in rows if row["done"])},
        {"key": "all_courses", "count": sum(1 for row in rows if row["done"] == row["total"])},
        {"key": "completed", "count": counts["completed"]},
    ]


def _offices(
    enrollments: QuerySet[Enrollment], links: QuerySet[EnrolledCourse], codes: list[str]
) -> list[dict[str, Any]]:
    persons = list(
        enrollments.values("office_id", "office__name_en", "office__name_es")
        .annotate(persons=Count("pk"), completed=Count("pk", filter=Q(state="completed")))
        .order_by("office__name_en")
    )
    cells = {
        (row["enrollment__office_id"], row["record__course__code"]): row["done"]
        for row in links.values("enrollment__office_id", "record__course__code").annotate(
            done=Count("record__completed_at")
        )
    }
    return [
        {
            "name_en": row["office__name_en"],
            "name_es": row["office__name_es"],
            "persons": row["persons"],
            "cells": [round(100 * cells.get((row["office_id"], code), 0) / row["persons"]) for code in codes],
            "completed_percent": round(100 * row["completed"] / row["persons"]),
        }
        for row in persons
    ]


def _needing_help(rows: list[AtRisk]) -> list[dict[str, Any]]:
    """The officers of these rows with the reasons in words, in the order of the rows."""
    people = Enrollment.objects.filter(pk__in=[row.enrollment for row in rows]).select_related("person", "office")
    known = people.in_bulk()
    return [
        {"enrollment": known[row.enrollment], "reasons": [sentence(reason) for reason in row.reasons]} for row in rows
    ]
