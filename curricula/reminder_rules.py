"""The rules and the hours that hold for a Participant's officers: what it has set, else the first ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from people import clock
from people.models import User

from .models import ReminderHours, ReminderRule
from .reminding import FIRST_DAYS, Hours


@dataclass(frozen=True, slots=True)
class Rules:
    """What is set, by Participant: its hours, and the days of its rules, also those of one cohort alone."""

    hours: Mapping[int, Hours]
    rows: Mapping[tuple[int, int | None], Mapping[str, int | None]]

    def hours_of(self, participant: int | None) -> Hours:
        """Within which hours a Participant's people are written to."""
        return self.hours.get(participant, Hours()) if participant else Hours()

    def days_of(self, participant: int, cohort: int | None = None) -> dict[str, int]:
        """The days of each rule that is asked; what is set for the cohort stands over what is set for all."""
        days: dict[str, int | None] = {**FIRST_DAYS, **self.rows.get((participant, None), {})}
        if cohort:
            days |= self.rows.get((participant, cohort), {})
        return {kind: number for kind, number in days.items() if number is not None}


def rules_that_hold() -> Rules:
    """All that is set by both Participants. Two queries."""
    hours = {
        row.participant_id: Hours(
            row.quiet_from, row.quiet_until, row.on_weekends, row.most_per_week, row.escalate_after
        )
        for row in ReminderHours.objects.all()
    }
    rows: dict[tuple[int, int | None], dict[str, int | None]] = {}
    for rule in ReminderRule.objects.all():
        rows.setdefault((rule.participant_id, rule.cohort_id), {})[rule.kind] = rule.days if rule.is_on else None
    return Rules(hours, rows)


def zone_of(person: User) -> dt.tzinfo:
    """The clock of the person's office; of the Participant without an office; UTC for whoever belongs to none.

    Asks nothing where `office__agency__participant` and `participant` were read with the person.
    """
    if person.office:
        return person.office.zone
    return person.participant.zone if person.participant else dt.UTC


def openings(people: Iterable[User]) -> dict[int, dt.datetime]:
    """From when on each person may be written to, by key: at once, or when the quiet hours of the office end."""
    rules, now = rules_that_hold(), clock.now()
    return {person.pk: rules.hours_of(person.participant_id).opens_at(now, zone_of(person)) for person in people}
