"""A school whose cohort is open around a Wednesday at noon, for tests of reminders."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

from courses.models import CourseRecord
from curricula.models import Cohort, Enrollment, Reminder
from curricula.services.reminders import reminders_are_due, write_due_reminders
from people import clock
from people.models import Letter, User
from tests.school import School

TODAY = dt.datetime.now(dt.UTC).date()
WEDNESDAY = TODAY + dt.timedelta(days=14 + (2 - TODAY.weekday()) % 7)
NOON = dt.datetime.combine(WEDNESDAY, dt.time(18), dt.UTC)
"""Noon or soon after it in both capitals, summer and winter."""


def later(days: float = 0, hours: float = 0) -> dt.datetime:
    return NOON + dt.timedelta(days=days, hours=hours)


def at(days: float = 0, hours: float = 0) -> AbstractContextManager[None]:
    return clock.simulated(later(days, hours))


def cohort_open(cohort: Cohort, *, since: int = 20, left: int = 60) -> None:
    """The cohort opened so many days before that Wednesday and is open for so many more."""
    Cohort.objects.filter(pk=cohort.pk).update(
        opens_on=WEDNESDAY - dt.timedelta(days=since), closes_on=WEDNESDAY + dt.timedelta(days=left)
    )


def officer(
    school: School, side: str = "SHCP", *, idle: int | None = None, enrolled: int = 20, **fields: object
) -> tuple[User, Enrollment]:
    """An officer enrolled so many days before; `idle` days since the last activity, None for nothing opened."""
    with at(-enrolled):
        person, enrollment, record = school.trainee(side, **fields)
    if idle is not None:
        active_on(record, idle)
    return person, enrollment


def active_on(record: CourseRecord, idle: float) -> None:
    moment = later(-idle)
    CourseRecord.objects.filter(pk=record.pk).update(opened_at=moment, last_activity_at=moment)


def sweep(days: float = 0, hours: float = 0) -> int:
    """What the worker does at that moment; how many letters."""
    with at(days, hours):
        is_due, written = reminders_are_due(), sum(write_due_reminders())
        assert is_due or not written, "what is written was due"
        return written


def kinds_sent() -> list[tuple[str, str]]:
    """Surname and kind of what was sent, in the order of writing."""
    rows = Reminder.objects.sent().order_by("pk").values_list("enrollment__person__surname_1", "kind")
    return list(rows)


def letters() -> list[Letter]:
    return list(Letter.objects.filter(kind__startswith="reminder_").order_by("pk"))
