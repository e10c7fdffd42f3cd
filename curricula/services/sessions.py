"""A session is planned, changed, canceled; and its roll is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from courses.models import FrozenCourse
from people import audit, clock
from people.models import User

from ..models import Cohort, EditionCourse, SeatShare, Session, SessionInstructor, SessionPlace
from ..qualification import unqualified
from ..seating import Group
from ..session_refusals import (
    MoreAreSeated,
    NotACourseOfTheCohort,
    NotOver,
    NotPlanned,
    NotQualified,
    SessionInThePast,
    TooManyKept,
)
from .attendance import mark_the_rest_absent
from .places import fill_free_seats, locked
from .session_letters import tell_of_cancellation, tell_of_change


@dataclass(frozen=True, slots=True)
class Plan:
    """What a manager decides about a session; moments are aware."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    time_zone: str
    place: str
    capacity: int
    languages: str
    room: str = ""
    online_address: str = ""


TOLD = ("starts_at", "ends_at", "time_zone", "place", "room", "online_address")
"""A change of these is told to those who have a place."""

Instructors = Mapping[User, SessionInstructor.Part]


@transaction.atomic
def plan_session(
    *, cohort: Cohort, course: FrozenCourse, plan: Plan, shares: Mapping[Group, int], instructors: Instructors,
    by: User | None,
) -> Session:  # fmt: skip
    """Plan a session of one of the courses that the cohort follows.

    Raises:
        NotACourseOfTheCohort, SessionInThePast, TooManyKept.
        NotQualified: an instructor is not, for that course, a language of the session, and that day.
    """
    if not EditionCourse.objects.filter(edition=cohort.edition_id, course=course.pk).exists():
        raise NotACourseOfTheCohort
    if plan.starts_at < clock.now():
        raise SessionInThePast
    session = Session(cohort=cohort, course=course, **asdict(plan), changed_at=clock.now())
    _check_shares(session, shares)
    _check_instructors(session, instructors)
    session.save()
    _write_shares(session, shares)
    _write_instructors(session, instructors)
    audit.record("curricula.session.planned", session, by=by, after=_facts(session), concerns=cohort.participant_id)
    return session


@transaction.atomic
def change_session(
    *, session: Session, plan: Plan, shares: Mapping[Group, int], instructors: Instructors, by: User | None,
    keeps: Iterable[int] = (),
) -> Session:  # fmt: skip
    """Change a planned session: those with a place are told of another time or place; new seats are filled in the order
    of the waiting list. Holds the session's row.

    `keeps` are people whom the reader may not choose and who stay instructors: those of the other Participant.

    Raises:
        NotPlanned, SessionInThePast, TooManyKept, NotQualified.
        MoreAreSeated: fewer seats than officers who have one.
    """
    session = locked(session)
    if session.state != Session.State.PLANNED:
        raise NotPlanned
    before = _facts(session)
    if plan.starts_at != session.starts_at and plan.starts_at < clock.now():
        raise SessionInThePast
    seated = session.places.seated().count()
    if plan.capacity < seated:
        raise MoreAreSeated(seated=seated)
    for name, value in asdict(plan).items():
        setattr(session, name, value)
    _check_shares(session, shares)
    staying = session.instructors.filter(person__in=keeps).select_related("person")
    _check_instructors(
        session, {each.person: SessionInstructor.Part(each.part) for each in staying} | dict(instructors)
    )
    after = _facts(session)
    is_told = any(before[name] != after[name] for name in TOLD)
    if is_told:
        session.sequence += 1
        session.changed_at = clock.now()
        session.places.filter(state__in=OPEN).update(reminded_at=None)
    session.save()
    session.shares.all().delete()
    _write_shares(session, shares)
    session.instructors.exclude(person__in=keeps).delete()
    _write_instructors(session, instructors)
    if is_told:
        tell_of_change(session=session, places=_open_places(session))
    with audit.gathering():
        fill_free_seats(session=session, by=by)
        audit.record("curricula.session.changed", session, by=by, before=before, after=after,
                     concerns=session.cohort.participant_id)  # fmt: skip
    return session


@transaction.atomic
def cancel_session(*, session: Session, reason: Session.Reason, by: User | None) -> None:
    """The session is not held; everybody with a place is told why. Holds the session's row.

    Raises:
        NotPlanned: it was held or canceled before.
    """
    session = locked(session)
    if session.state != Session.State.PLANNED:
        raise NotPlanned
    session.state, session.cancel_reason = Session.State.CANCELED, reason
    session.sequence += 1
    session.changed_at = clock.now()
    session.save(update_fields=["state", "cancel_reason", "sequence", "changed_at"])
    tell_of_cancellation(session=session, places=_open_places(session))
    audit.record("curricula.session.canceled", session, by=by, data={"reason": reason},
                 concerns=session.cohort.participant_id)  # fmt: skip


@transaction.atomic
def close_roll(*, session: Session, places: Iterable[int], by: User | None) -> int:
    """Of these places, whoever has a seat and no mark was absent; how many. The session was held as soon as nobody is
    left without a mark: a joint session when both sides have closed their roll. Corrections stay possible.

    Holds the session's row. The caller has asked the gate for the places.

    Raises:
        NotPlanned: it was held or canceled. NotOver: it has not begun.
    """
    session = locked(session)
    if session.state != Session.State.PLANNED:
        raise NotPlanned
    if not session.has_begun:
        raise NotOver
    with audit.gathering():
        return _close(session, places, by)


def _close(session: Session, places: Iterable[int], by: User | None) -> int:
    absent = mark_the_rest_absent(session=session, places=places, by=by)
    is_held = not session.places.seated().filter(attendance="").exists()
    if is_held:
        Session.objects.filter(pk=session.pk).update(state=Session.State.HELD)
    audit.record("curricula.session.roll_closed", session, by=by, data={"absent": absent, "held": is_held},
                 concerns=session.cohort.participant_id)  # fmt: skip
    return absent


OPEN = [SessionPlace.State.SIGNED_UP, SessionPlace.State.WAITING]


def _open_places(session: Session) -> Sequence[SessionPlace]:
    places = session.places.filter(state__in=OPEN, enrollment__person__erased_at__isnull=True)
    return list(places.select_related("enrollment__person"))


def _check_shares(session: Session, shares: Mapping[Group, int]) -> None:
    kept = sum(shares.values())
    if kept > session.capacity:
        raise TooManyKept(kept=kept, capacity=session.capacity)


def _check_instructors(session: Session, instructors: Instructors) -> None:
    lacking = unqualified(session, instructors)
    if lacking:
        person, language = lacking[0]
        raise NotQualified(
            name=person.full_name,
            day=session.starts_at.astimezone(session.zone).date().isoformat(),
            course=session.course.code,
            language=dict(Session.Languages.choices)[language],
        )


def _write_shares(session: Session, shares: Mapping[Group, int]) -> None:
    SeatShare.objects.bulk_create(
        [SeatShare(session=session, agency_id=agency, office_id=office, seats=seats)
         for (agency, office), seats in shares.items() if seats]
    )  # fmt: skip


def _write_instructors(session: Session, instructors: Instructors) -> None:
    SessionInstructor.objects.bulk_create(
        [SessionInstructor(session=session, person=person, part=part) for person, part in instructors.items()]
    )


def _facts(session: Session) -> dict[str, Any]:
    """What the record says of a session; its places are told by their own deeds."""
    names = ("cohort_id", "course_id", "capacity", "languages", *TOLD)
    return {name: getattr(session, name) for name in names}
