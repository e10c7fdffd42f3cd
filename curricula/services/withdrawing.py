"""Withdrawal of many officers at once: of whoever a roster names no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from people import audit, clock
from people.audit import Deed
from people.models import User

from ..models import Enrollment

BATCH = 2000
ACTIVE = {"state": Enrollment.State.ACTIVE}
WITHDRAWN = {"state": Enrollment.State.WITHDRAWN}


@transaction.atomic
def withdraw_all(*, enrollments: Sequence[Enrollment], reason: str, by: User | None) -> list[Enrollment]:
    """Withdraw those that are still active, all at one moment; what was learned stays on record. Two statements for
    each two thousand.

    Holds their rows. The reason stands there alone: the record holds no free text.
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
    _record("curricula.enrollment.withdrawn", withdrawn, ACTIVE, WITHDRAWN, by)
    return withdrawn


@transaction.atomic
def take_back(*, enrollments: Sequence[Enrollment], by: User | None) -> None:
    """Make withdrawn enrollments active again, as if they had not been withdrawn. The caller holds their rows."""
    for n in range(0, len(enrollments), BATCH):
        keys = [each.pk for each in enrollments[n : n + BATCH]]
        Enrollment.objects.filter(pk__in=keys).update(**ACTIVE, withdrawn_at=None, withdrawal_reason="")
    _record("curricula.enrollment.restored", enrollments, WITHDRAWN, ACTIVE, by)


def _record(
    action: str, enrollments: Sequence[Enrollment], before: Mapping[str, str], after: Mapping[str, str], by: User | None
) -> None:
    deeds = [
        Deed(action, each, {"person": each.person_id, "cohort": each.cohort_id}, before=before, after=after)
        for each in enrollments
    ]
    audit.record_all(deeds, by=by)
