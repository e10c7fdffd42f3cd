"""Breaks within an attempt, for whom they were granted: the clock stands while one lasts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from people import clock
from people.models import User

from ..exceptions import AttemptClosed, NoBreakLeft, TimeIsOver
from ..models import Attempt, AttemptBreak
from ..quiz_rules import is_over


@transaction.atomic
def take_break(*, attempt: Attempt, by: User) -> AttemptBreak:
    """Begin a break, or give the one that lasts. Its longest length is added to the deadline. Holds the attempt's row.

    Raises:
        AttemptClosed, TimeIsOver: the attempt is over. NoBreakLeft: all breaks that were granted are used.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    now = clock.now()
    if attempt.state != Attempt.State.OPEN:
        raise AttemptClosed
    if attempt.deadline_at and is_over(attempt.deadline_at, now):
        raise TimeIsOver(deadline=f"{attempt.deadline_at:%H:%M}")
    if current := running_break(attempt, now):
        return current
    taken = attempt.breaks.count()
    if taken >= attempt.breaks_allowed:
        raise NoBreakLeft
    length = dt.timedelta(minutes=attempt.break_minutes)
    if attempt.deadline_at:
        attempt.deadline_at += length
        attempt.save(update_fields=["deadline_at"])
    return AttemptBreak.objects.create(attempt=attempt, number=taken + 1, began_at=now, ends_at=now + length)


@transaction.atomic
def end_break(*, attempt: Attempt, by: User) -> None:
    """Go on working. Without a break that lasts, nothing happens. Holds the attempt's row."""
    go_on(Attempt.objects.select_for_update().get(pk=attempt.pk), clock.now())


def go_on(attempt: Attempt, now: dt.datetime) -> None:
    """End the break that lasts; what is left of it is taken off the deadline. The caller holds the attempt's row."""
    current = running_break(attempt, now)
    if current is None:
        return
    if attempt.deadline_at:
        attempt.deadline_at -= current.ends_at - now
        attempt.save(update_fields=["deadline_at"])
    current.ended_at = now
    current.save(update_fields=["ended_at"])


def running_break(attempt: Attempt, now: dt.datetime) -> AttemptBreak | None:
    """The break that lasts now. A break that nobody ended has ended at its longest."""
    if not attempt.breaks_allowed:
        return None
    return attempt.breaks.filter(ended_at=None, began_at__lte=now, ends_at__gt=now).first()
