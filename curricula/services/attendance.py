"""How officers attended is recorded: by roll, by the code in the room, from the sheet. Corrections add a mark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from people import audit, clock
from people.audit import Deed
from people.models import User

from ..attendance_list import Mark
from ..models import AttendanceMark, Enrollment, Session, SessionPlace
from ..session_refusals import MinutesDoNotFit, NoSeat, OutsideOfTheSession, SessionCanceled, TooEarly

OPENS_BEFORE = dt.timedelta(minutes=30)
"""The roll and the code open so long before the beginning."""

LATE_AFTER = dt.timedelta(minutes=10)
"""Whoever scans the code later than that was partly present."""

How = AttendanceMark.How


@transaction.atomic
def record_attendance(
    *, session: Session, marks: Mapping[int, Mark], how: AttendanceMark.How, by: User | None
) -> list[SessionPlace]:
    """Record marks by the key of the place, of officers who have a seat; what stands already is not written again.

    Gives the places of all marks as they stand now. A fixed number of statements. Holds the places' rows, in the order
    of their keys. The caller has asked the gate for the places.

    Raises:
        SessionCanceled, TooEarly.
        MinutesDoNotFit: somebody partly present was there for none of it, or for all.
    """
    if session.state == Session.State.CANCELED:
        raise SessionCanceled
    if clock.now() < session.starts_at - OPENS_BEFORE:
        raise TooEarly(minutes=round(OPENS_BEFORE.total_seconds() / 60))
    for mark in marks.values():
        if mark.state == SessionPlace.Attendance.PARTIAL and not 1 <= mark.minutes <= session.minutes:
            raise MinutesDoNotFit(most=session.minutes)
    return _write(_locked_places(session, list(marks)), marks, how, by)


@transaction.atomic
def attend_by_code(*, session: Session, enrollment: Enrollment, by: User) -> SessionPlace:
    """An officer has shown the code of the room: present, or partly present from now on when late.

    A mark that stands already stays: scanning twice changes nothing. Holds the place's row.

    Raises:
        SessionCanceled. OutsideOfTheSession: too early, over, or its roll is closed. NoSeat: not signed up.
    """
    now = clock.now()
    if session.state == Session.State.CANCELED:
        raise SessionCanceled
    is_on = session.starts_at - OPENS_BEFORE <= now < session.ends_at
    if session.state != Session.State.PLANNED or not is_on:
        raise OutsideOfTheSession
    seat = session.places.seated().filter(enrollment=enrollment).values_list("pk", flat=True).first()
    places = _locked_places(session, [seat] if seat else [])
    if not places:
        raise NoSeat
    if places[0].attendance:
        return places[0]
    left = max(1, int((session.ends_at - max(now, session.starts_at)).total_seconds() // 60))
    is_late = now > session.starts_at + LATE_AFTER
    mark = Mark("partial", left) if is_late else Mark("present", session.minutes)
    return _write(places, {places[0].pk: mark}, How.CODE, by)[0]


def mark_the_rest_absent(*, session: Session, places: Iterable[int], by: User | None) -> int:
    """Of these places, whoever has a seat and no mark was absent; how many. The caller holds the session's row."""
    found = [place for place in _locked_places(session, list(places)) if not place.attendance]
    _write(found, {place.pk: Mark("absent", 0) for place in found}, How.ROLL, by)
    return len(found)


def _locked_places(session: Session, keys: list[int]) -> list[SessionPlace]:
    seated = session.places.seated().filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    return list(seated.select_related("enrollment__person"))


def _write(
    places: list[SessionPlace], marks: Mapping[int, Mark], how: AttendanceMark.How, by: User | None
) -> list[SessionPlace]:
    now, changed, deeds = clock.now(), list[SessionPlace](), list[Deed]()
    for place in places:
        mark, before = marks[place.pk], {"attendance": place.attendance, "minutes": place.minutes}
        after = {"attendance": mark.state, "minutes": mark.minutes}
        if before == after:
            continue
        place.attendance, place.minutes, place.recorded_at = mark.state, mark.minutes, now
        changed.append(place)
        data = {"session": place.session_id, "person": place.enrollment.person_id, "how": how}
        participant = place.enrollment.participant_id
        deeds.append(Deed("curricula.attendance.recorded", place, data, before, after, participant))
    AttendanceMark.objects.bulk_create(
        [
            AttendanceMark(
                place=place, attendance=place.attendance, minutes=place.minutes or 0, how=how, recorded_by=by,
                recorded_at=now,
            )
            for place in changed
        ],
        batch_size=1000,
    )  # fmt: skip
    SessionPlace.objects.bulk_update(changed, ["attendance", "minutes", "recorded_at"], batch_size=500)
    audit.record_all(deeds, by=by)
    return places
