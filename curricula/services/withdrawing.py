"""Withdrawal of many officers at once: of whoever a roster names no more."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from people import audit, clock
from people.models import User

from ..models import Enrollment
from .places import free_places_of
from .transitions import record_transitions

BATCH = 2000
State = Enrollment.State
ACTIVE = {"state": Enrollment.State.ACTIVE}
WITHDRAWN = {"state": Enrollment.State.WITHDRAWN}


@transaction.atomic
def withdraw_all(*, enrollments: Sequence[Enrollment], reason: str, by: User | None) -> list[Enrollment]:
    """Withdraw those that are still active, all at one moment; what was learned stays on record. A few statements for
    each two thousand.

    Their places in sessions to come go to others. Holds their rows. The reason stands there and in the event alone:
    the record holds no free text.
    """
    at = clock.now()
    withdrawn: list[Enrollment] = []
    for n in range(0, len(enrollments), BATCH):
        keys = [each.pk for each in enrollments[n : n + BATCH]]
        found = list(Enrollment.objects.select_for_update(of=("self",)).active().filter(pk__in=keys))
        Enrollment.objects.filter(pk__in=[each.pk for each in found]).update(
            **WITHDRAWN, withdrawn_at=at, withdrawal_reason=reason
        )
        withdrawn += found
    with audit.gathering():
        free_places_of(enrollments=withdrawn, by=by)
        _record(
            "curricula.enrollment.withdrawn", withdrawn, before=State.ACTIVE, after=State.WITHDRAWN, by=by, why=reason
        )
    return withdrawn


@transaction.atomic
def take_back(*, enrollments: Sequence[Enrollment], by: User | None) -> None:
    """Make withdrawn enrollments active again, as if they had not been withdrawn; seats in sessions that were given on
    are not given back. The caller holds their rows."""
    for n in range(0, len(enrollments), BATCH):
        keys = [each.pk for each in enrollments[n : n + BATCH]]
        Enrollment.objects.filter(pk__in=keys).update(**ACTIVE, withdrawn_at=None, withdrawal_reason="")
    _record("curricula.enrollment.restored", enrollments, before=State.WITHDRAWN, after=State.ACTIVE, by=by)


def _record(
    action: str, enrollments: Sequence[Enrollment], *, before: str, after: str, by: User | None, why: str = ""
) -> None:
    for each in enrollments:
        each.state = after
    record_transitions(enrollments, action=action, before={e.pk: before for e in enrollments}, by=by, reason=why)
