"""The round is lived: each officer opens, completes, answers and hands in through the services that the web calls.

What differs between officers is drawn from a seed: when they begin, how fast they go on, how much they know, which
language they read, when they stop. Nothing is written but through services, on a simulated calendar.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from courses.content import CourseContent, content_of
from courses.gain import items_of
from courses.models import Attempt, CourseRecord
from courses.scoring import PARTS, key_of, parts_of
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from courses.services.lessons import complete_lesson, open_lesson
from courses.services.pre_assessment import save_pre_answers, start_pre_assessment
from curricula.models import Cohort, EnrolledCourse, Enrollment
from curricula.services.enrollments import withdraw
from people import clock
from people.models import User

from .accounts import HOLDER, trainee_emails

OFFICERS_A_TRANSACTION = 12
PAUSE_SECONDS = 0.12
"""SQLite lets one write at a time, and who waits looks ten times a second: so long the others get their turn."""

STEPS_BEFORE_A_VISITOR = 2
"""How far the trainees have come whose accounts a visitor of the demonstration uses."""

LOG_DAYS = 4.18
"""The middle officer works through the curriculum in exp(4.18), about 65 days."""

WITHDRAWAL_REASONS = ("transfer", "leave", "operational need")


class Stopped(Exception):
    """The officer's calendar ran into the present, or the officer gave up."""


@dataclass(slots=True)
class Officer:
    """One officer's character and calendar."""

    person: User
    draw: random.Random
    language: str
    ability: float
    pace_days: float
    stops_after: int
    at: dt.datetime
    until: dt.datetime
    may_withdraw: bool
    steps: int = 0

    def next_moment(self) -> dt.datetime:
        """The next time this officer works: later, within the day, never in the future."""
        self.steps += 1
        days = self.draw.expovariate(1 / self.pace_days)
        self.at = (self.at + dt.timedelta(days=days)).replace(
            hour=self.draw.randrange(12, 23), minute=self.draw.randrange(60)
        )
        if self.at >= self.until or self.steps > self.stops_after:
            raise Stopped
        return self.at


def live(cohorts: list[Cohort], *, seed: int = 2009) -> Iterator[int]:
    """Let the officers of the cohorts live until today; yields how many are done, after each kept batch.

    Begun again after an interruption, it goes on with the officers who have not opened anything.
    """
    done = 0
    for cohort in cohorts:
        enrollments = list(
            Enrollment.objects.filter(cohort=cohort, state="active", courses__record__opened_at__isnull=True)
            .distinct()
            .select_related("person")
            .order_by("pk")
        )
        for start in range(0, len(enrollments), OFFICERS_A_TRANSACTION):
            batch = enrollments[start : start + OFFICERS_A_TRANSACTION]
            with transaction.atomic():
                records = _records(batch)
                for enrollment in batch:
                    chance = random.Random(f"{seed}-{enrollment.person.email}")  # noqa: S311 (a made-up life, no secret)
                    _live(enrollment, records[enrollment.pk], cohort, chance)
            done += len(batch)
            yield done
            if connection.vendor == "sqlite":
                time.sleep(PAUSE_SECONDS)


def officers_waiting(cohorts: list[Cohort]) -> int:
    """How many officers have not begun."""
    return (
        Enrollment.objects.filter(cohort__in=cohorts, state="active", courses__record__opened_at__isnull=True)
        .distinct()
        .count()
    )


def _records(batch: list[Enrollment]) -> dict[int, list[CourseRecord]]:
    links = (
        EnrolledCourse.objects.filter(enrollment__in=batch)
        .select_related("record__course")
        .defer("record__course__content")
        .order_by("position")
    )
    records: dict[int, list[CourseRecord]] = {}
    for link in links:
        records.setdefault(link.enrollment_id, []).append(link.record)
    return records


def _character(enrollment: Enrollment, cohort: Cohort, objects: int, draw: random.Random) -> Officer:
    """Who the officer is. The days that the curriculum takes do not depend on how many learning objects it has."""
    opening = dt.datetime.combine(cohort.opens_on, dt.time(12), dt.UTC)
    is_holder = enrollment.person.email == HOLDER
    is_visitor = enrollment.person.email in trainee_emails()
    stops_after = draw.randrange(0, objects + 4) if draw.random() < 0.13 else 10_000
    return Officer(
        person=enrollment.person,
        draw=draw,
        language=enrollment.language,
        ability=0.98 if is_holder else min(0.98, max(0.35, draw.gauss(0.82, 0.11))),
        pace_days=2.0 if is_holder else max(1.0, draw.lognormvariate(LOG_DAYS, 0.45) / objects),
        stops_after=10_000 if is_holder else STEPS_BEFORE_A_VISITOR if is_visitor else stops_after,
        may_withdraw=not is_visitor,
        at=opening + dt.timedelta(days=draw.expovariate(1 / 9)),
        until=clock.now() - dt.timedelta(hours=1),
    )


def _live(enrollment: Enrollment, records: list[CourseRecord], cohort: Cohort, draw: random.Random) -> None:
    officer = _character(enrollment, cohort, sum(record.objects_total for record in records), draw)
    try:
        for record in records:
            _take_course(officer, record, content_of(record.course.sha256))
    except Stopped:
        if officer.may_withdraw and officer.at < officer.until and draw.random() < 0.35:
            with clock.simulated(officer.at + dt.timedelta(days=1)):
                withdraw(enrollment=enrollment, reason=draw.choice(WITHDRAWAL_REASONS), by=None)


def _take_course(officer: Officer, record: CourseRecord, content: CourseContent) -> None:
    _look_ahead(officer, record, content)
    for lesson in content.data["lessons"]:
        language = _language(officer)
        with clock.simulated(officer.next_moment()):
            open_lesson(record=record, lesson_code=lesson["code"], language=language, by=officer.person)
        officer.at += dt.timedelta(minutes=officer.draw.randrange(20, 90))
        with clock.simulated(officer.at):
            complete_lesson(record=record, lesson_code=lesson["code"], language=language, by=officer.person)
    for quiz in content.data["quizzes"]:
        for _ in range(quiz["rules"]["attempts_allowed"]):
            if _sit(officer, record, content, quiz):
                break
        else:
            raise Stopped


def _look_ahead(officer: Officer, record: CourseRecord, content: CourseContent) -> None:
    """Most officers take the pre-assessment, and know less than after the lessons. It moves nothing of their lives."""
    items = items_of(content.data)
    draw = random.Random(f"before {record.pk}")  # noqa: S311 (a demonstration)
    if not items or draw.random() < 0.25 or officer.at >= officer.until:
        return
    with clock.simulated(officer.at):
        taken = start_pre_assessment(record=record, language=officer.language, by=officer.person, draw=draw)
        given = {item["code"]: key_of(item) for item in items if draw.random() < officer.ability - 0.3}
        save_pre_answers(taken=taken, given=given, language=officer.language, by=officer.person, hands_in=True)


def _sit(officer: Officer, record: CourseRecord, content: CourseContent, quiz: dict[str, Any]) -> bool:
    """One attempt: pages of answers, sometimes a change of language in the middle. True when it is passed."""
    language = _language(officer)
    with clock.simulated(officer.next_moment()):
        attempt = start_attempt(
            record=record, quiz_code=quiz["code"], language=language, by=officer.person, draw=officer.draw
        )
    size = quiz["rules"]["items_per_page"] or len(attempt.layout)
    for first in range(0, len(attempt.layout), size):
        if officer.draw.random() < 0.01:
            language = "en" if language == "es" else "es"
        officer.at += dt.timedelta(seconds=officer.draw.randrange(25, 110))
        given = {
            place["item"]: _answer(officer, content.items[place["item"]])
            for place in attempt.layout[first : first + size]
        }
        with clock.simulated(officer.at):
            save_answers(attempt=attempt, given=given, language=language, by=officer.person)
    with clock.simulated(officer.at + dt.timedelta(minutes=1)):
        attempt = submit_attempt(attempt=attempt, language=language, by=officer.person)
    officer.ability = min(0.98, officer.ability + 0.06)
    return attempt.state == Attempt.State.SUBMITTED and bool(attempt.passed)


def _answer(officer: Officer, item: dict[str, Any]) -> list[str]:
    """Right with the officer's ability, less on harder levels; else one of the wrong answers."""
    chance = officer.ability - {"remember": 0.0, "apply": 0.05, "decide": 0.09}[item["level"]]
    knows = officer.draw.random() < chance
    if knows:
        return key_of(item)
    if item["kind"] == "numeric":
        return [str(officer.draw.randrange(1, 60))]
    if item["kind"] == "hotspot":
        return ["1,1"]
    if item["kind"] == "gap":
        return []
    if item["kind"] in PARTS:
        names, values = zip(*parts_of(key_of(item)).items(), strict=True)
        return [f"{name}={value}" for name, value in zip(names, (*values[1:], values[0]), strict=True)]
    right = [option["letter"] for option in item["options"] if option.get("correct")]
    wrong = [option["letter"] for option in item["options"] if not option.get("correct")]
    return [*right[1:], officer.draw.choice(wrong)] if item["kind"] == "multiple" else [officer.draw.choice(wrong)]


def _language(officer: Officer) -> str:
    """Mostly the own language; some read the other one now and then."""
    if officer.draw.random() < 0.04:
        return "en" if officer.language == "es" else "es"
    return officer.language
