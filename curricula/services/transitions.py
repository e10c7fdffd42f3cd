"""The one place where the state of an enrollment changes: its event and its audit entry are written with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from people import audit, clock
from people.audit import Deed
from people.models import User

from ..models import Enrollment, EnrollmentEvent


def record_transitions(
    enrollments: Sequence[Enrollment],
    *,
    action: str,
    before: Mapping[int, str],
    by: User | None,
    reason: str = "",
    effective_on: dt.date | None = None,
    due_on: dt.date | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write what became of enrollments that were changed: one event and one audit entry each, in a fixed number of
    statements. `before` holds the state of each, by primary key, as it was. The reason stands in the event alone."""
    at = clock.now()
    day = effective_on or at.date()
    EnrollmentEvent.objects.bulk_create(
        [
            EnrollmentEvent(
                enrollment=each, before=before[each.pk], after=each.state, effective_on=day, due_on=due_on,
                reason=reason, at=at, by=by,
            )
            for each in enrollments
        ],
        batch_size=2000,
    )  # fmt: skip
    more = {**(data or {}), **({"due_on": due_on} if due_on else {})}
    audit.record_all(
        [
            Deed(
                action,
                each,
                {"person": each.person_id, "cohort": each.cohort_id, **more},
                before={"state": before[each.pk]},
                after={"state": each.state},
            )
            for each in enrollments
        ],
        by=by,
    )
