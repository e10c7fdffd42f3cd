"""Seats in a session are given, given back, and pass on along the waiting list.

Whatever gives or frees a seat holds the session's row: of two officers who want the last one, one gets it and the other
waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from people import audit, clock
from people.audit import Deed
from people.models import User

from ..models import Enrollment, Session, SessionPlace
from ..session_refusals import AttendanceRecorded, NotEnrolled, NothingToGiveBack, SignUpClosed
from ..session_selectors import rooms_of
from .session_letters import tell_of_invitation, tell_of_lost_place, tell_of_promotion, tell_of_waiting

REMINDED_BEFORE = dt.timedelta(hours=24)
"""Whoever gets a seat within a day of the beginning is told then, and not reminded of it."""


@dataclass(frozen=True, slots=True)
class SignedUp:
    """How many got a seat, how many wait, how many had either before."""

    seated: int
    waiting: int
    before: int


@transaction.atomic
def sign_up(*, session: Session, enrollments: Sequence[Enrollment], by: User | None, tells: bool = True) -> SignedUp:
    """Give officers of the cohort a seat, in the order given; those for whom there is none wait in that order.

    Whoever has a place keeps it. With `tells` each gets a letter. A fixed number of statements. Holds the
    enrollments' rows, then the session's.

    Raises:
        SignUpClosed: canceled or held; or begun, and an officer signs up alone.
        NotEnrolled: one of them is not active in the cohort.
    """
    keys = [each.pk for each in enrollments]
    active = Enrollment.objects.select_for_update(of=("self",)).filter(
        pk__in=keys, cohort=session.cohort_id, state__in=[Enrollment.State.ACTIVE, Enrollment.State.COMPLETED]
    )
    people = {each.pk: each for each in active.select_related("person").order_by("pk")}
    if len(people) != len(set(keys)):
        raise NotEnrolled
    session = locked(session)
    is_alone = by is not None and [each.person_id for each in people.values()] == [by.pk]
    if session.state != Session.State.PLANNED or (session.has_begun and is_alone):
        raise SignUpClosed
    known = {place.enrollment_id: place for place in session.places.filter(enrollment__in=keys)}
    room = rooms_of([session])[session.pk]
    now, new, again, before = clock.now(), list[SessionPlace](), list[SessionPlace](), 0
    for key in dict.fromkeys(keys):
        place = known.get(key)
        if place is not None and place.is_open:
            before += 1
            continue
        enrollment = people[key]
        # whoever waits had no seat, so nobody is overtaken
        has_seat = room.seat(enrollment.agency_id, enrollment.office_id)
        if place is None:
            place = SessionPlace(session=session, enrollment=enrollment)
            new.append(place)
        else:
            place.enrollment = enrollment
            again.append(place)
        place.state = SessionPlace.State.SIGNED_UP if has_seat else SessionPlace.State.WAITING
        place.queued_at = place.changed_at = now
        place.reminded_at = _told_already(session, now) if has_seat else None
    SessionPlace.objects.bulk_create(new, batch_size=1000)
    SessionPlace.objects.bulk_update(again, ["state", "queued_at", "changed_at", "reminded_at"], batch_size=500)
    places = [*new, *again]
    seated = [place for place in places if place.state == SessionPlace.State.SIGNED_UP]
    waiting = [place for place in places if place.state == SessionPlace.State.WAITING]
    if tells and not session.has_begun:
        tell_of_invitation(session=session, places=seated)
        tell_of_waiting(session=session, places=waiting)
    audit.record_all([_deed("curricula.session.signed_up", place) for place in places], by=by)
    return SignedUp(len(seated), len(waiting), before)


@transaction.atomic
def give_back(*, place: SessionPlace, by: User | None) -> None:
    """An officer declines, or a manager cancels the place; the seat goes to the first who may have it.

    Holds the session's row and the place's.

    Raises:
        NothingToGiveBack: there is no place any more, the session is over, or it has begun and an officer declines.
        AttendanceRecorded: the officer's attendance is on record.
    """
    session = locked(place.session)
    held = SessionPlace.objects.select_for_update(of=("self",)).select_related("enrollment__person")
    place = held.get(pk=place.pk)
    is_own = by is not None and by.pk == place.enrollment.person_id
    is_over = session.ends_at <= clock.now() or (is_own and session.has_begun)
    if not place.is_open or session.state != Session.State.PLANNED or is_over:
        raise NothingToGiveBack
    if place.attendance:
        raise AttendanceRecorded
    _leave([place], SessionPlace.State.DECLINED if is_own else SessionPlace.State.CANCELED, by)
    tell_of_lost_place(session=session, places=[place])
    fill_free_seats(session=session, by=by)


@transaction.atomic
def free_places_of(*, enrollments: Sequence[Enrollment], by: User | None) -> None:
    """Officers left the cohort: their places in sessions to come go to others. Nobody is told but those who move up.

    Holds the sessions' rows, in their order.
    """
    coming = SessionPlace.objects.filter(
        enrollment__in=enrollments, state__in=[SessionPlace.State.SIGNED_UP, SessionPlace.State.WAITING],
        attendance="", session__state=Session.State.PLANNED,
    )  # fmt: skip
    for session in Session.objects.filter(pk__in=coming.values("session")).order_by("pk"):
        held = locked(session)
        _leave(
            list(coming.filter(session=held).select_related("enrollment").select_for_update(of=("self",))),
            SessionPlace.State.CANCELED,
            by,
        )
        fill_free_seats(session=held, by=by)


def fill_free_seats(*, session: Session, by: User | None) -> int:
    """Those on the waiting list move up in their order, as far as there are seats for them; they are told. How many.

    The caller holds the session's row. Nobody moves up in a session that has begun.
    """
    if session.state != Session.State.PLANNED or session.has_begun:
        return 0
    waiting = list(session.places.waiting().select_related("enrollment__person"))
    if not waiting:
        return 0
    room, now, promoted = rooms_of([session])[session.pk], clock.now(), list[SessionPlace]()
    for place in waiting:
        enrollment = place.enrollment
        if enrollment.state != Enrollment.State.WITHDRAWN and room.seat(enrollment.agency_id, enrollment.office_id):
            place.state, place.changed_at = SessionPlace.State.SIGNED_UP, now
            place.reminded_at = _told_already(session, now)
            promoted.append(place)
    SessionPlace.objects.bulk_update(promoted, ["state", "changed_at", "reminded_at"], batch_size=500)
    tell_of_promotion(session=session, places=promoted)
    audit.record_all([_deed("curricula.session.promoted", place) for place in promoted], by=by)
    return len(promoted)


def locked(session: Session) -> Session:
    """The session as it is now, its row held until the transaction ends."""
    found = Session.objects.select_for_update(of=("self",)).select_related("cohort", "course").defer("course__content")
    return found.get(pk=session.pk)


def _leave(places: Sequence[SessionPlace], state: SessionPlace.State, by: User | None) -> None:
    now = clock.now()
    for place in places:
        place.state, place.changed_at = state, now
    SessionPlace.objects.bulk_update(places, ["state", "changed_at"], batch_size=500)
    audit.record_all([_deed(f"curricula.session.{state}", place) for place in places], by=by)


def _told_already(session: Session, now: dt.datetime) -> dt.datetime | None:
    return now if session.starts_at - now <= REMINDED_BEFORE else None


def _deed(action: str, place: SessionPlace) -> Deed:
    enrollment = place.enrollment
    data = {"session": place.session_id, "person": enrollment.person_id, "state": place.state}
    return Deed(action, place, data, concerns=enrollment.participant_id)
