"""Decides that an enrollment is complete: once, under a lock."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from people import audit
from people.models import User

from ..models import EnrolledCourse, Enrollment
from ..signals import curriculum_completed
from .transitions import record_transitions


@transaction.atomic
def complete_enrollment_of(*, record_id: int, at: dt.datetime, by: User | None) -> bool:
    """Complete the enrollment that a course record belongs to, when all its courses are. True when this call did it.

    Holds the enrollment's row, and at its end the record's head. Sends `curriculum_completed` inside the transaction,
    so that the credential is committed with the decision or not at all.
    """
    link = EnrolledCourse.objects.filter(record_id=record_id).values_list("enrollment_id", flat=True).first()
    if link is None:
        return False
    enrollment = Enrollment.objects.select_for_update(of=("self",)).get(pk=link)
    if (
        not enrollment.is_following
        or EnrolledCourse.objects.filter(enrollment=enrollment, record__completed_at__isnull=True).exists()
    ):
        return False
    before = enrollment.state
    with audit.gathering():
        enrollment.state, enrollment.completed_at = Enrollment.State.COMPLETED, at
        enrollment.save(update_fields=["state", "completed_at"])
        record_transitions(
            [enrollment],
            action="curricula.enrollment.completed",
            before={enrollment.pk: before},
            by=by,
            effective_on=at.date(),
        )
        curriculum_completed.send(Enrollment, enrollment_id=enrollment.pk, completed_at=at)
    return True
