"""Enrollment: a person gets a place in a cohort, with a record in each of its courses; or leaves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import cast

from django.db import transaction

from courses.services.records import open_records
from people import audit, clock
from people.audit import Deed
from people.models import User

from ..models import Cohort, EditionCourse, EnrolledCourse, Enrollment
from .places import free_places_of
from .seats import lock_cohort, require_seats
from .transitions import record_transitions


@transaction.atomic
def enroll(
    *,
    people: Sequence[User],
    cohort: Cohort,
    by: User | None,
    invited: Collection[int] = (),
    due_on: dt.date | None = None,
) -> list[Enrollment]:
    """Enroll people who are not in the cohort yet; those who are stay as they are. A fixed number of statements.

    Each person needs an office, an agency and a Participant. The unique constraint keeps a person from entering twice.
    `invited` are keys of people who take their place up at the first sign-in; late joiners have their own `due_on`.
    Where the cohort has a limit of seats, its row is held and the seats are counted.

    Raises:
        SeatsTaken: fewer seats are free than people come.
    """
    known = (
        set(
            Enrollment.objects.filter(cohort=cohort, person__in=[p.pk for p in people]).values_list(
                "person_id", flat=True
            )
        )
        if len(people) <= 500
        else set(Enrollment.objects.filter(cohort=cohort).values_list("person_id", flat=True))
    )
    newcomers = [person for person in people if person.pk not in known]
    if cohort.seats and newcomers:
        require_seats(lock_cohort(cohort.pk), len(newcomers))
    now = clock.now()
    states = Enrollment.State
    enrollments = Enrollment.objects.bulk_create(
        [
            Enrollment(
                person=person,
                cohort=cohort,
                participant_id=cast("int", person.participant_id),
                agency_id=cast("int", person.agency_id),
                office_id=cast("int", person.office_id),
                position=person.position,
                language=person.preferred_language,
                state=states.INVITED if person.pk in invited else states.ACTIVE,
                due_on=due_on,
                enrolled_at=now,
            )
            for person in newcomers
        ],
        batch_size=2000,
    )
    for place in (
        EditionCourse.objects.filter(edition=cohort.edition_id)
        .select_related("course")
        .defer("course__content")
        .order_by("position")
    ):
        records = open_records(person_ids=[person.pk for person in newcomers], course=place.course, by=by)
        EnrolledCourse.objects.bulk_create(
            [
                EnrolledCourse(enrollment=e, record=r, position=place.position)
                for e, r in zip(enrollments, records, strict=True)
            ],
            batch_size=2000,
        )
    if enrollments:
        opened = [
            Deed("curricula.enrollment.opened", e, {"person": e.person_id, "cohort": cohort.pk}) for e in enrollments
        ]
        summary = Deed("curricula.cohort.enrolled", cohort, {"persons": len(enrollments)})
        audit.record_all([*opened, summary], by=by)
    return enrollments


@transaction.atomic
def withdraw(*, enrollment: Enrollment, reason: str, by: User | None, effective_on: dt.date | None = None) -> bool:
    """Take an officer out of a cohort, with a reason; what was learned stays on record. False when no place is open.

    The officer's places in sessions to come go to others. Holds the enrollment's row, then those of the sessions. The
    reason stands there alone: the record holds no free text.
    """
    enrollment = Enrollment.objects.select_for_update(of=("self",)).get(pk=enrollment.pk)
    before = enrollment.state
    if not enrollment.is_following:
        return False
    enrollment.state, enrollment.withdrawn_at, enrollment.withdrawal_reason = (
        Enrollment.State.WITHDRAWN,
        clock.now(),
        reason,
    )
    enrollment.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    with audit.gathering():
        free_places_of(enrollments=[enrollment], by=by)
        record_transitions(
            [enrollment],
            action="curricula.enrollment.withdrawn",
            before={enrollment.pk: before},
            by=by,
            reason=reason,
            effective_on=effective_on,
        )
    return True
