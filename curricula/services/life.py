"""The life of an enrollment between its first and its last day: taken up, on leave, extended, transferred, lapsed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from people import audit, clock
from people.days import day_in_words
from people.models import User

from ..exceptions import (
    CurriculumError,
    DayInThePast,
    InThatCohortBefore,
    NotALaterDay,
    NotThatSide,
    OtherCurriculum,
    PlaceNotOpen,
)
from ..models import Cohort, EnrolledCourse, Enrollment
from ..models.cohort import EnrollmentQuerySet
from .moving import follow_edition
from .places import free_places_of
from .seats import lock_cohort, require_seats
from .transitions import record_transitions

State = Enrollment.State
LAPSING = "lapse_enrollments"
BATCH = 500


@transaction.atomic
def take_up_places(*, person: User, by: User | None) -> int:
    """Whoever signs in takes up the places they were invited to; how many. Holds the enrollments' rows."""
    invited = Enrollment.objects.select_for_update(of=("self",)).filter(person=person, state=State.INVITED)
    places = list(invited.order_by("pk"))
    if places:
        _change(places, State.ACTIVE, action="curricula.enrollment.taken_up", by=by)
    return len(places)


@transaction.atomic
def give_leave(*, enrollment: Enrollment, reason: str, by: User, effective_on: dt.date | None = None) -> None:
    """The officer is on leave: reads on, and is not counted as late. Holds the enrollment's row.

    Raises:
        PlaceNotOpen: neither invited nor active.
    """
    held = _held(enrollment, State.INVITED, State.ACTIVE)
    action = "curricula.enrollment.on_leave"
    _change([held], State.ON_LEAVE, action=action, by=by, reason=reason, effective_on=effective_on)


@transaction.atomic
def end_leave(
    *, enrollment: Enrollment, by: User, due_on: dt.date | None = None, effective_on: dt.date | None = None
) -> None:
    """The officer is back, with an own due date where one is given. Holds the enrollment's row.

    Raises:
        PlaceNotOpen: not on leave.
        DayInThePast: the due date lies before today.
    """
    held = _held(enrollment, State.ON_LEAVE)
    action = "curricula.enrollment.returned"
    _change([held], State.ACTIVE, action=action, by=by, due_on=_coming(due_on), effective_on=effective_on)


@transaction.atomic
def extend(*, enrollment: Enrollment, due_on: dt.date, reason: str, by: User) -> None:
    """Give an officer more time; an enrollment that had lapsed is open again. Holds the enrollment's row.

    Raises:
        PlaceNotOpen: completed, withdrawn or transferred.
        DayInThePast: the date lies before today.
        NotALaterDay: the courses are due later, or on that day, already.
    """
    held = _held(enrollment, *State.values)
    _coming(due_on)
    if refusal := why_not_extended(held, due_on):
        raise refusal
    if held.state == State.LAPSED:
        cohort = lock_cohort(held.cohort_id)
        require_seats(cohort, 1)
    after = State.ACTIVE if held.state == State.LAPSED else State(held.state)
    _change([held], after, action="curricula.enrollment.extended", by=by, reason=reason, due_on=due_on)


def why_not_extended(held: Enrollment, due_on: dt.date) -> CurriculumError | None:
    """What stands in the way of more time, from the enrollment alone; a preview asks the same."""
    if not held.is_following and held.state != State.LAPSED:
        return PlaceNotOpen(state=held.get_state_display())
    return NotALaterDay(due=day_in_words(held.last_day)) if due_on <= held.last_day else None


@transaction.atomic
def transfer(
    *, enrollment: Enrollment, cohort: Cohort, reason: str, by: User, effective_on: dt.date | None = None
) -> Enrollment:
    """Let an officer go on in another cohort of the same curriculum; the new enrollment.

    The courses go along with all that was done in them. Where the cohort follows another edition, they go over to it as
    in `move_cohort`. Holds the cohort's row, counting its seats, and then the enrollment's.

    Raises:
        PlaceNotOpen: no place is open.
        OtherCurriculum: the cohort follows another curriculum.
        NotThatSide: the cohort belongs to the other Participant.
        InThatCohortBefore: an enrollment there exists, in whatever state.
        SeatsTaken: the cohort is full.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("edition").get(pk=cohort.pk)
    held = _held(enrollment, *Enrollment.FOLLOWING)
    old = Cohort.objects.select_related("edition").get(pk=held.cohort_id)
    if cohort.edition.curriculum_id != old.edition.curriculum_id:
        raise OtherCurriculum(cohort=cohort.code)
    if cohort.participant_id not in {None, held.participant_id}:
        raise NotThatSide(cohort=cohort.code)
    if Enrollment.objects.filter(person=held.person_id, cohort=cohort).exists():
        raise InThatCohortBefore(name=held.person.full_name, cohort=cohort.code)
    require_seats(cohort, 1)
    held.left_at = clock.now()
    new = _successor(held, cohort)
    EnrolledCourse.objects.filter(enrollment=held).update(enrollment=new)
    with audit.gathering():
        _change(
            [held], State.TRANSFERRED, action="curricula.enrollment.transferred", by=by, reason=reason,
            effective_on=effective_on, data={"to_cohort": cohort.pk},
        )  # fmt: skip
        if cohort.edition_id != old.edition_id:
            Enrollment.objects.filter(pk=held.pk, kept_edition=None).update(kept_edition=old.edition)
            follow_edition([new], edition=cohort.edition, by=by)
            new.refresh_from_db()
    return new


def overdue(today: dt.date) -> EnrollmentQuerySet:
    """Open places whose own due date, or the last day of the cohort, has passed for longer than is waited. Whoever is
    on leave does not lapse. Nobody does where PUENTE_LAPSE_AFTER_DAYS is 0."""
    days = settings.PUENTE_LAPSE_AFTER_DAYS
    if not days:
        return Enrollment.objects.none()
    late = today - dt.timedelta(days=days)
    open_ones = Enrollment.objects.filter(state__in=[State.INVITED, State.ACTIVE])
    return open_ones.annotate(last=Coalesce(F("due_on"), F("cohort__closes_on"))).filter(Q(last__lt=late))


def lapse_overdue(*, by: User | None) -> Iterator[int]:
    """Let open places lapse whose time is over, batch by batch; how many each had. Harmless when repeated.

    Each batch is one transaction that holds the enrollments' rows.
    """
    while True:
        with transaction.atomic():
            found = overdue(clock.today()).order_by("pk").values_list("pk", flat=True)[:BATCH]
            rows = Enrollment.objects.select_for_update(of=("self",)).filter(
                pk__in=list(found), state__in=[State.INVITED, State.ACTIVE]
            )
            late = list(rows.order_by("pk"))
            if late:
                late[0].left_at = clock.now()  # of all of them
                _change(late, State.LAPSED, action="curricula.enrollment.lapsed", by=by)
        if not late:
            return
        yield len(late)


def _held(enrollment: Enrollment, *states: str) -> Enrollment:
    rows = Enrollment.objects.select_for_update(of=("self",)).select_related("cohort", "person")
    held = rows.get(pk=enrollment.pk)
    if held.state not in states:
        raise PlaceNotOpen(state=held.get_state_display())
    return held


def _coming(due_on: dt.date | None) -> dt.date | None:
    if due_on and due_on < clock.today():
        raise DayInThePast
    return due_on


def _successor(held: Enrollment, cohort: Cohort) -> Enrollment:
    """It begins at the moment at which the earlier one ends, so that a count at any moment has one of the two."""
    assert held.left_at
    new = Enrollment(
        person_id=held.person_id, cohort=cohort, state=held.state, participant_id=held.participant_id,
        agency_id=held.agency_id, office_id=held.office_id, position=held.position, language=held.language,
        enrolled_at=held.left_at, transferred_from=held,
    )  # fmt: skip
    new.save()
    return new


def _change(
    places: list[Enrollment],
    after: State,
    *,
    action: str,
    by: User | None,
    reason: str = "",
    effective_on: dt.date | None = None,
    due_on: dt.date | None = None,
    data: dict[str, int] | None = None,
) -> None:
    """Give all of them one state, and the moment of leaving that the first one carries."""
    before = {each.pk: each.state for each in places}
    left_at = None if after in Enrollment.FOLLOWING else places[0].left_at
    new = {"state": after, "left_at": left_at} | ({"due_on": due_on} if due_on else {})
    for each in places:
        for name, value in new.items():
            setattr(each, name, value)
    Enrollment.objects.filter(pk__in=[each.pk for each in places]).update(**new)
    if after not in Enrollment.FOLLOWING:
        free_places_of(enrollments=places, by=by)
    record_transitions(
        places, action=action, before=before, by=by, reason=reason, effective_on=effective_on, due_on=due_on, data=data
    )
