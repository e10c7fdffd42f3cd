"""Attempts whose time is over and whose officer did not come back: handed in with the answers that are saved."""

from __future__ import annotations

import logging

from django.db import transaction

from people import clock
from people.models import User

from ..models import Attempt, CourseRecord
from ..quiz_rules import GRACE, is_over
from .attempts import submit_attempt

logger = logging.getLogger(__name__)
AT_ONCE = 500


def hand_in_overdue(*, by: User | None = None) -> int:
    """Hand in what is overdue, at most `AT_ONCE`, the oldest first; how many were handed in.

    Each in a transaction of its own: one that cannot be marked is logged and keeps no other waiting. The rule is that
    of the pages (`quiz_rules.is_over`), with the grace for answers on their way. Safe to run at any time and twice.
    """
    over = Attempt.objects.filter(state=Attempt.State.OPEN, deadline_at__lt=clock.now() - GRACE)
    done = 0
    for attempt in over.order_by("deadline_at", "pk").only("pk", "record_id")[:AT_ONCE]:
        try:
            done += _hand_in(attempt.pk, attempt.record_id, by)
        except Exception:
            logger.exception("attempt %s is overdue and could not be handed in", attempt.pk)
    return done


@transaction.atomic
def _hand_in(attempt_id: int, record_id: int, by: User | None) -> bool:
    """Look again while the record's row and then the attempt's are held: a break may have moved the deadline."""
    record = CourseRecord.objects.select_for_update().only("language").get(pk=record_id)
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.state != Attempt.State.OPEN or not is_over(attempt.deadline_at, clock.now()):
        return False
    submit_attempt(attempt=attempt, language=record.language or attempt.language, by=by)
    return True
