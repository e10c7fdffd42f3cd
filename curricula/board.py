"""The board of a cohort: one reading of all officers, from which every figure follows. Query counts do not grow."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from courses.models import FrozenCourse
from people import clock
from people.models import Office

from .at_risk import AtRisk, officers_at_risk
from .models import Cohort, Enrollment
from .models.cohort import EnrollmentQuerySet
from .officer_rows import OfficerRow, officer_rows
from .risk import expected_percent
from .risk_words import sentence

SHOWN_AT_RISK = 20
AWAY = ((7, "week"), (14, "fortnight"), (30, "month"), (60, "two_months"))
"""The steps of inactivity: at most so many days, and their keys; then `longer`, and `never` for who opened nothing."""


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
    stages: list[tuple[str, int]]  # key, count
    away: list[tuple[str, int]]  # key, count of active officers
    courses: list[dict[str, Any]]  # code, title_en, title_es
    offices: list[dict[str, Any]]  # pk, name_en, name_es, persons, cells: percent per course, completed_percent
    needing_help: list[dict[str, Any]]  # enrollment, reasons


def cohort_board(cohort: Cohort, enrollments: EnrollmentQuerySet, *, target: int = 0) -> Board:
    """The board of a cohort over enrollments that the reader may see. Nine queries.

    The plan is for so many persons as are the `target`, or for those who are enrolled where there is none. Whoever went
    on in another cohort counts there; whoever is on leave, or has not come yet, is not at risk.
    """
    enrollments = enrollments.counted()
    courses = courses_of(cohort)
    rows = officer_rows(enrollments, [course["forms"] for course in courses])
    at_risk = [row for row in officers_at_risk(cohort, enrollments, rows) if not row.is_quiet]
    states, today = Counter(row.state for row in rows), clock.today()
    return Board(
        enrolled=len(rows),
        active=states["active"],
        completed=states["completed"],
        withdrawn=states["withdrawn"],
        invited=states["invited"],
        on_leave=states["on_leave"],
        lapsed=states["lapsed"],
        started=sum(1 for row in rows if row.opened_on),
        at_risk=len(at_risk),
        planned_today=planned(cohort, target or len(rows), today),
        week_now=_week_of(cohort, today),
        weeks=_weeks(cohort, rows, target or len(rows)),
        stages=_stages(rows, states["completed"]),
        away=_away(rows, today),
        courses=courses,
        offices=_offices(rows, len(courses)),
        needing_help=_needing_help(at_risk[:SHOWN_AT_RISK]),
    )


def courses_of(cohort: Cohort) -> list[dict[str, Any]]:
    """The courses of the cohort's edition, each with every frozen form that was ever made of it: who completed an
    earlier one has completed the course. Two queries."""
    places = cohort.edition.edition_courses.order_by("position")
    named = list(places.values_list("course__code", "course__title_en", "course__title_es"))
    forms: dict[str, list[int]] = {code: [] for code, _en, _es in named}
    for pk, code in FrozenCourse.objects.filter(code__in=forms).order_by("pk").values_list("pk", "code"):
        forms[code].append(pk)
    return [{"code": code, "title_en": en, "title_es": es, "forms": forms[code]} for code, en, es in named]


def _week_of(cohort: Cohort, day: dt.date) -> int:
    return max(0, min((day - cohort.opens_on).days // 7 + 1, _last_week(cohort)))


def _last_week(cohort: Cohort) -> int:
    return (cohort.closes_on - cohort.opens_on).days // 7 + 1


def planned(cohort: Cohort, persons: int, day: dt.date) -> int:
    """The plan of a cohort for so many persons: nobody in the first tenth of the period, then evenly until all have
    completed on the closing day."""
    return round(persons * expected_percent(cohort.opens_on, cohort.closes_on, day) / 100)


def _weeks(cohort: Cohort, rows: Sequence[OfficerRow], target: int) -> list[Week]:
    per_day = Counter(row.completed_on for row in rows if row.completed_on)
    today, weeks = clock.today(), []
    for number in range(_last_week(cohort) + 1):
        end = min(cohort.opens_on + dt.timedelta(days=7 * number), cohort.closes_on)
        so_far = end <= today
        completed = sum(n for day, n in per_day.items() if day <= end.isoformat()) if so_far else None
        weeks.append(Week(number, completed, planned(cohort, target, end)))
    return weeks


def _stages(rows: Sequence[OfficerRow], completed: int) -> list[tuple[str, int]]:
    followed = [row for row in rows if row.courses]
    return [
        ("enrolled", len(rows)),
        ("started", sum(1 for row in followed if row.opened_on)),
        ("first_course", sum(1 for row in followed if row.courses_done)),
        ("all_courses", sum(1 for row in followed if row.courses_done == row.courses)),
        ("completed", completed),
    ]


def _away(rows: Iterable[OfficerRow], today: dt.date) -> list[tuple[str, int]]:
    """Active officers by the days since they last did anything. Days of text are compared as they are."""
    found = Counter(row.last_on or row.opened_on for row in rows if row.state == Enrollment.State.ACTIVE)
    counts: Counter[str] = Counter()
    for day, persons in found.items():
        counts[away_key((today - dt.date.fromisoformat(day)).days) if day else "never"] += persons
    return [(key, counts[key]) for key in (*(key for _days, key in AWAY), "longer", "never")]


def away_key(days: int) -> str:
    """The step of inactivity that so many days fall into."""
    return next((key for most, key in AWAY if days <= most), "longer")


def _offices(rows: Iterable[OfficerRow], courses: int) -> list[dict[str, Any]]:
    """Of each office: persons, and the percent of them who completed each course, and all. One query."""
    together = Counter((row.office, row.completed, row.state == Enrollment.State.COMPLETED) for row in rows)
    persons: Counter[int] = Counter()
    finished: Counter[int] = Counter()
    done: Counter[tuple[int, int]] = Counter()
    for (office, bits, is_finished), count in together.items():
        persons[office] += count
        finished[office] += count * is_finished
        for place in range(courses):
            done[office, place] += count * (bits >> place & 1)
    named = Office.objects.filter(pk__in=persons).order_by("name_en", "pk")
    return [
        {
            "pk": pk, "name_en": name_en, "name_es": name_es, "persons": persons[pk],
            "cells": [round(100 * done[pk, place] / persons[pk]) for place in range(courses)],
            "completed_percent": round(100 * finished[pk] / persons[pk]),
        }
        for pk, name_en, name_es in named.values_list("pk", "name_en", "name_es")
    ]  # fmt: skip


def _needing_help(rows: list[AtRisk]) -> list[dict[str, Any]]:
    """The officers of these rows with the reasons in words, in the order of the rows."""
    people = Enrollment.objects.filter(pk__in=[row.enrollment for row in rows]).select_related("person", "office")
    known = people.in_bulk()
    return [
        {"enrollment": known[row.enrollment], "reasons": [sentence(reason) for reason in row.reasons]} for row in rows
    ]
