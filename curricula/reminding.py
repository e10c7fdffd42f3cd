"""When an officer is reminded of what, and when it is too late in the day for it. Pure: facts in, occasions out.

An occasion has a key that is made of nothing but facts, so that the same occasion has the same key however often it is
asked; the table of reminders holds each key of an enrollment once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

DUE_SOON: Final = "due_soon"
BEFORE_DUE: Final = "before_due"
INACTIVE: Final = "inactive"
ESCALATED: Final = "escalated"

FIRST_DAYS: Mapping[str, int] = {BEFORE_DUE: 14, DUE_SOON: 3, INACTIVE: 7}
"""What holds until a Participant sets its own: days before the last day, twice; days without activity."""

MOST_IN_A_ROW = 4
"""So many letters about the same inactivity and no more: a fifth would say nothing new."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When letters leave: not from `quiet_from` until `quiet_until` by the clock of the office (it may pass midnight);
    at most so many to a person within seven days; the supervisor is told after so many, 0 for never."""

    quiet_from: dt.time = dt.time(19)
    quiet_until: dt.time = dt.time(8)
    on_weekends: bool = False
    most_per_week: int = 2
    escalate_after: int = 3

    def are_quiet(self, at: dt.datetime) -> bool:
        """Whether nothing is sent at a moment, which is given by the clock of the office."""
        if at.weekday() >= 5 and not self.on_weekends:
            return True
        time = at.timetz().replace(tzinfo=None)
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= time < self.quiet_until
        return time >= self.quiet_from or time < self.quiet_until

    def opens_at(self, now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
        """The first moment, from now on, that is not quiet there. In UTC."""
        at = now.astimezone(zone)
        while self.are_quiet(at):
            morning = dt.datetime.combine(at.date(), self.quiet_until, zone)
            if at >= morning or self.are_quiet(morning):
                morning = dt.datetime.combine(at.date() + dt.timedelta(days=1), self._first_of_day(), zone)
            at = morning.astimezone(dt.UTC).astimezone(zone)
        return max(now, at.astimezone(dt.UTC))

    def _first_of_day(self) -> dt.time:
        """Midnight, where the quiet hours lie within one day; else their end."""
        return dt.time(0) if self.quiet_from < self.quiet_until else self.quiet_until


@dataclass(frozen=True, slots=True)
class Standing:
    """How an active officer stands, by the days of the office: `last_on` is None while nothing is opened."""

    starts_on: dt.date
    due_on: dt.date
    last_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder that went out: of what kind, for which day, and on which day."""

    kind: str
    key: str
    day: dt.date
    told_on: dt.date


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something to remind of. `day` is the last day of the cohort, or that of the last activity; `number` counts the
    days until the one or since the other."""

    kind: str
    key: str
    day: dt.date
    number: int


def occasions_of(
    standing: Standing, days: Mapping[str, int], told: Sequence[Told], today: dt.date, escalate_after: int = 0
) -> list[Occasion]:
    """What there is to remind of today, the most urgent first; a rule that is missing in `days` is not asked.

    With `escalate_after`, the supervisor's letter is among them once so many reminders went out without any activity.
    """
    if not standing.starts_on <= today <= standing.due_on:
        return []
    keys = {(each.kind, each.key) for each in told}
    found = [*_before_the_end(standing, days, told, today), *_inactive(standing, days, told, today, escalate_after)]
    return [each for each in found if (each.kind, each.key) not in keys]


def _before_the_end(
    standing: Standing, days: Mapping[str, int], told: Sequence[Told], today: dt.date
) -> list[Occasion]:
    """The latest notice whose day has come. Whoever was not told in time gets the last one alone."""
    left = (standing.due_on - today).days
    for kind in (DUE_SOON, BEFORE_DUE):
        if left <= days.get(kind, -1):
            return [Occasion(kind, standing.due_on.isoformat(), standing.due_on, left)]
        if any(each.kind == kind and each.day == standing.due_on for each in told):
            return []
    return []


def _inactive(
    standing: Standing, days: Mapping[str, int], told: Sequence[Told], today: dt.date, escalate_after: int
) -> list[Occasion]:
    """After so many days, and again after as many, until something is done."""
    if INACTIVE not in days:
        return []
    since = max(standing.last_on or standing.starts_on, standing.starts_on)
    away = (today - since).days
    spell = [each for each in told if each.kind == INACTIVE and each.day == since]
    last = max((each.told_on for each in spell), default=since)
    if away < days[INACTIVE] or (today - last).days < days[INACTIVE]:
        return []
    found = []
    if escalate_after and len(spell) >= escalate_after:
        found.append(Occasion(ESCALATED, since.isoformat(), since, away))
    if len(spell) < MOST_IN_A_ROW:
        found.append(Occasion(INACTIVE, f"{since.isoformat()}/{len(spell) + 1}", since, away))
    return found
