"""Setting the rules of reminders, and writing those that are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet

from people import audit, clock
from people.models import Letter, Participant, User

from ..models import Cohort, Enrollment, Reminder, ReminderHours, ReminderRule
from ..reminder_plan import Planned, Verdict, plan, running
from ..reminder_rules import rules_that_hold
from ..reminding import FIRST_DAYS, Hours
from .reminder_letters import write_reminder_letters

REMINDERS = "reminders"
BATCH = 500


def write_due_reminders(*, people: QuerySet[User] | None = None) -> Iterator[int]:
    """Write the letters that are due and note what was held back, batch by batch; how many letters each batch had.
    To these people, or to everybody.

    Letters and log of a batch are committed together: whoever is killed in between leaves whole batches, and the next
    sweep goes on with the others. Harmless when repeated.
    """
    for ids in _batches(people):
        yield _write(ids)


def reminders_are_due() -> bool:
    """Whether something is to be written now. Twenty queries at most for each five hundred officers."""
    now = clock.now()
    return any(_is_news(each) for ids in _batches() for each in plan(Enrollment.objects.filter(person__in=ids), now))


def _batches(people: QuerySet[User] | None = None) -> Iterator[list[int]]:
    last = 0
    theirs = running(clock.now()) if people is None else running(clock.now()).filter(person__in=people)
    found = theirs.order_by("person").values_list("person", flat=True).distinct()
    while ids := list(found.filter(person__gt=last)[:BATCH]):
        last = ids[-1]
        yield ids


@transaction.atomic
def _write(ids: Sequence[int]) -> int:
    """Holds the rows of the people, so that of two workers the second reads what the first has written; the constraint
    `one_reminder_per_occasion` would stop it otherwise."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    now = clock.now()
    news = [each for each in plan(Enrollment.objects.filter(person__in=ids), now) if _is_news(each)]
    sending = [each for each in news if each.verdict == Verdict.SEND]
    letters = write_reminder_letters(planned=sending, hours=rules_that_hold())
    rows = [_row(each, letters.get(index)) for index, each in enumerate(sending)]
    rows += [_row(each, None) for each in news if each.verdict == Verdict.HELD]
    Reminder.objects.bulk_create([row for row in rows if row.pk is None], batch_size=1000)
    changed = ["state", "reason", "letter", "number", "written_at"]
    Reminder.objects.bulk_update([row for row in rows if row.pk], changed, batch_size=200)
    return len(sending)


def _is_news(planned: Planned) -> bool:
    """Whether the log does not say it yet."""
    if planned.verdict == Verdict.SEND:
        return True
    return planned.verdict == Verdict.HELD and (planned.row is None or planned.row.reason != planned.reason)


def _row(planned: Planned, letter: Letter | None) -> Reminder:
    assert planned.occasion
    occasion = planned.occasion
    row = planned.row or Reminder(enrollment=planned.enrollment, kind=occasion.kind, key=occasion.key, day=occasion.day)
    row.recipient, row.number, row.letter = planned.recipient, occasion.number, letter
    row.state = Reminder.State.SENT if planned.verdict == Verdict.SEND else Reminder.State.HELD
    row.reason, row.written_at = planned.reason, clock.now()
    return row


@dataclass(frozen=True, slots=True)
class Note:
    """A letter that reminds and that another part of the program writes: what about, for which day."""

    enrollment: Enrollment
    recipient: User
    key: str
    day: dt.date
    letter: Letter


@transaction.atomic
def note_reminders(*, kind: Reminder.Kind, notes: Iterable[Note]) -> None:
    """Put letters of sessions and certificates into the log, so that they count in the week and the officer finds them.
    Called in the transaction that writes the letters, which keeps its own note of what is written; one that is noted
    already is left as it is (`one_reminder_per_occasion`)."""
    now, today = clock.now(), clock.today()
    rows = [
        Reminder(
            enrollment=note.enrollment, recipient=note.recipient, kind=kind, key=note.key, day=note.day,
            number=max(0, (note.day - today).days), state=Reminder.State.SENT, letter=note.letter, written_at=now,
        )
        for note in notes
    ]  # fmt: skip
    Reminder.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


@transaction.atomic
def set_reminder_rules(
    *, participant: Participant, hours: Hours, days: Mapping[str, int | None], by: User | None
) -> None:
    """Set the hours and the days of each rule of a Participant; None turns a rule off. Holds the Participant's row."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    before = _facts(participant)
    ReminderHours.objects.update_or_create(participant=participant, defaults=asdict(hours))
    for kind, number in days.items():
        _set_rule(participant, None, kind, number or 0)
    audit.record("curricula.reminders.rules_set", participant, by=by, before=before, after=_facts(participant))


@transaction.atomic
def set_cohort_reminders(
    *, participant: Participant, cohort: Cohort, days: Mapping[str, int | None], by: User | None
) -> None:
    """Set the days for a Participant's officers of one cohort: None is as for all, 0 turns the rule off there.

    Holds the Participant's row.
    """
    Participant.objects.select_for_update().get(pk=participant.pk)
    before = _facts(participant, cohort)
    for kind, number in days.items():
        if number is None:
            ReminderRule.objects.filter(participant=participant, cohort=cohort, kind=kind).delete()
        else:
            _set_rule(participant, cohort, kind, number)
    audit.record(
        "curricula.reminders.cohort_set", cohort, by=by, concerns=participant.pk, before=before,
        after=_facts(participant, cohort),
    )  # fmt: skip


def _set_rule(participant: Participant, cohort: Cohort | None, kind: str, number: int) -> None:
    """With 0 the rule is off and keeps its days for when it is turned on again."""
    kept = ReminderRule.objects.filter(participant=participant, cohort=cohort, kind=kind).first()
    ReminderRule.objects.update_or_create(
        participant=participant,
        cohort=cohort,
        kind=kind,
        defaults={"days": number or (kept.days if kept else FIRST_DAYS[kind]), "is_on": bool(number)},
    )


def _facts(participant: Participant, cohort: Cohort | None = None) -> dict[str, str | int]:
    """What holds, for the record: days by rule, and the hours where it is about the whole Participant."""
    rules = rules_that_hold()
    days = rules.days_of(participant.pk, cohort.pk if cohort else None)
    if cohort:
        return dict(days)
    hours = asdict(rules.hours_of(participant.pk))
    return days | {name: value if isinstance(value, int) else f"{value:%H:%M}" for name, value in hours.items()}
