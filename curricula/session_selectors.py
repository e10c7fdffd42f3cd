"""Reads of sessions. The number of queries depends neither on how many sessions there are nor on how many officers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from people import clock
from people.models import User

from .attendance_list import folded
from .models import Cohort, Enrollment, SeatShare, Session, SessionPlace
from .models.cohort import EnrollmentQuerySet
from .models.session import SessionPlaceQuerySet, SessionQuerySet
from .seating import Room, room_of
from .session_access import sessions_open_to

SEATED = Q(places__state="signed_up")
ATTENDED = ["present", "partial"]


def listed(sessions: SessionQuerySet) -> SessionQuerySet:
    """Sessions for a list, with `seated` and `waiting`: counts of both sides, for the room is one. One query."""
    found = Session.objects.filter(pk__in=sessions.order_by().values("pk"))
    return (
        found.select_related("cohort", "course")
        .defer("course__content")
        .annotate(seated=Count("places", filter=SEATED), waiting=Count("places", filter=Q(places__state="waiting")))
    )


def rooms_of(sessions: Iterable[Session]) -> dict[int, Room]:
    """Each session's room with its shares and who sits in it, by the key of the session. Two queries."""
    sessions = list(sessions)
    shares: dict[int, dict[tuple[int, int | None], int]] = {session.pk: {} for session in sessions}
    kept = SeatShare.objects.filter(session__in=shares)
    for session, agency, office, seats in kept.values_list("session", "agency", "office", "seats"):
        shares[session][agency, office] = seats
    rooms = {each.pk: room_of(each.capacity, shares[each.pk], ()) for each in sessions}
    taken = SessionPlace.objects.seated().filter(session__in=rooms).order_by()
    groups = taken.values_list("session", "enrollment__agency", "enrollment__office").annotate(n=Count("pk"))
    for session, agency, office, count in groups:
        for _ in range(count):
            rooms[session].fill(agency, office)
    return rooms


@dataclass(frozen=True, slots=True)
class Attendance:
    """Counts of persons with a seat, by how they attended; `minutes` of all of them together."""

    seated: int
    present: int
    partial: int
    absent: int
    excused: int
    minutes: int

    @property
    def unrecorded(self) -> int:
        return self.seated - self.present - self.partial - self.absent - self.excused

    @property
    def attended(self) -> int:
        return self.present + self.partial


def attendance_of(places: SessionPlaceQuerySet) -> Attendance:
    """The attendance of the places that a reader may see. One query."""
    counts = places.seated().aggregate(
        seated=Count("pk"),
        minutes=Sum("minutes"),
        **{name: Count("pk", filter=Q(attendance=name)) for name in SessionPlace.Attendance.values},
    )
    return Attendance(**counts | {"minutes": counts["minutes"] or 0})


@dataclass(frozen=True, slots=True)
class CohortSessions:
    """A cohort's sessions at a glance: how many of each state, seats in those not canceled; and of those that have
    begun, the attendance of the enrollments that a reader may see."""

    planned: int
    held: int
    canceled: int
    seats: int
    attendance: Attendance


def sessions_of_cohort(cohort: Cohort, enrollments: EnrollmentQuerySet) -> CohortSessions:
    """For the board of a cohort. Two queries."""
    counts = Session.objects.filter(cohort=cohort).aggregate(
        planned=Count("pk", filter=Q(state="planned")),
        held=Count("pk", filter=Q(state="held")),
        canceled=Count("pk", filter=Q(state="canceled")),
        seats=Sum("capacity", filter=~Q(state="canceled")),
    )
    begun = SessionPlace.objects.filter(session__starts_at__lte=clock.now()).exclude(session__state="canceled")
    seen = begun.filter(enrollment__in=enrollments)
    return CohortSessions(**counts | {"seats": counts["seats"] or 0}, attendance=attendance_of(seen))


def attendance_rows(enrollments: QuerySet[Enrollment]) -> QuerySet[SessionPlace, Any]:
    """One row for each seat of these enrollments in sessions that were not canceled, for exports. One query.

    Keys: enrollment, officer_number, agency, office, session_uid, course, starts_at, ends_at, time_zone, session_state,
    attendance, minutes.
    """
    places = SessionPlace.objects.seated().filter(enrollment__in=enrollments).exclude(session__state="canceled")
    return places.order_by("session__starts_at", "session", "enrollment").values(
        "enrollment",
        "attendance",
        "minutes",
        officer_number=F("enrollment__person__officer_number"),
        agency=F("enrollment__agency__code"),
        office=F("enrollment__office__name_es"),
        session_uid=F("session__uid"),
        course=F("session__course__code"),
        starts_at=F("session__starts_at"),
        ends_at=F("session__ends_at"),
        time_zone=F("session__time_zone"),
        session_state=F("session__state"),
    )


@dataclass(frozen=True, slots=True)
class MySession:
    """A session of an own cohort: the own place, if any, and whether a seat is free for the officer."""

    session: Session
    place: SessionPlace | None
    has_seat: bool
    ahead: int = 0
    """How many wait before the officer."""

    @property
    def is_seated(self) -> bool:
        return self.place is not None and self.place.state == SessionPlace.State.SIGNED_UP

    @property
    def is_waiting(self) -> bool:
        return self.place is not None and self.place.state == SessionPlace.State.WAITING

    @property
    def can_sign_up(self) -> bool:
        return self.session.state == Session.State.PLANNED and not self.session.has_begun and not (
            self.place and self.place.is_open
        )  # fmt: skip

    @property
    def can_decline(self) -> bool:
        place = self.place
        is_on = self.session.state == Session.State.PLANNED and not self.session.has_begun
        return is_on and place is not None and place.is_open and not place.attendance


def my_sessions(person: User, sessions: SessionQuerySet | None = None) -> list[MySession]:
    """An officer's sessions: those to come, and those with a place of the own. Six queries."""
    mine = sessions_open_to(person)
    own = SessionPlace.objects.filter(enrollment__person=person, session__in=mine)
    wanted = Q(ends_at__gt=clock.now(), state=Session.State.PLANNED) | Q(pk__in=own.values("session"))
    shown = (sessions if sessions is not None else mine.filter(wanted)).select_related("cohort", "course")
    found = list(shown.defer("course__content").prefetch_related("instructors__person"))
    places = {place.session_id: place for place in own.select_related("enrollment")}
    cohorts = {session.cohort_id for session in found}
    enrollments = {e.cohort_id: e for e in Enrollment.objects.filter(person=person, cohort__in=cohorts)}
    rooms = rooms_of(found)
    waiting = SessionPlace.objects.waiting().filter(session__in=[s.pk for s in found])
    queue = list(waiting.values_list("session", "pk")) if any(p.state == "waiting" for p in places.values()) else []
    result = []
    for session in found:
        place, enrollment = places.get(session.pk), enrollments[session.cohort_id]
        order = [pk for key, pk in queue if key == session.pk]
        ahead = order.index(place.pk) if place and place.pk in order else 0
        has_seat = rooms[session.pk].has_seat(enrollment.agency_id, enrollment.office_id)
        result.append(MySession(session, place, has_seat, ahead))
    return result


def sessions_for_calendar(person: User) -> list[Session]:
    """Sessions in which a person has a seat, or which the person teaches; those canceled since as well. One query."""
    has_seat = Q(places__enrollment__person=person, places__state="signed_up")
    found = Session.objects.filter(has_seat | Q(instructors__person=person)).distinct()
    return list(found.select_related("course").defer("course__content"))


def next_sessions(person: User, most: int = 3) -> list[SessionPlace]:
    """The officer's next sessions, with seat or waiting, the earliest first. One query."""
    coming = SessionPlace.objects.filter(
        enrollment__person=person, state__in=["signed_up", "waiting"], session__state="planned",
        session__ends_at__gt=clock.now(),
    )  # fmt: skip
    found = coming.select_related("session__course").defer("session__course__content")
    return list(found.order_by("session__starts_at", "pk")[:most])


def attended_sessions(person: User) -> list[SessionPlace]:
    """The sessions that an officer attended, wholly or in part, the earliest first. One query."""
    attended = SessionPlace.objects.filter(enrollment__person=person, attendance__in=ATTENDED, state="signed_up")
    found = attended.select_related("session__course").defer("session__course__content")
    return list(found.exclude(session__state="canceled").order_by("session__starts_at", "pk"))


def by_number(places: Sequence[SessionPlace]) -> dict[str, int]:
    """Places by the officer's number, as lists are read. Numbers that two agencies gave are left out."""
    found: dict[str, int] = {}
    doubled: set[str] = set()
    for place in places:
        number = folded(place.enrollment.person.officer_number)
        if number in found:
            doubled.add(number)
        elif number:
            found[number] = place.pk
    return {number: pk for number, pk in found.items() if number not in doubled}


def in_order(places: SessionPlaceQuerySet) -> list[SessionPlace]:
    """Places with their people, by surname. One query."""
    found = places.select_related("enrollment__person", "enrollment__agency", "enrollment__office")
    return list(
        found.order_by(
            Case(When(state="waiting", then=F("queued_at")), default=None).asc(nulls_first=True),
            "enrollment__person__surname_1", "enrollment__person__surname_2", "enrollment__person__given_names", "pk",
        )
    )  # fmt: skip


def without_place(session: Session, enrollments: EnrollmentQuerySet) -> EnrollmentQuerySet:
    """Enrollments that could be signed up: active, and with neither a seat nor a place on the waiting list."""
    taken = session.places.filter(state__in=["signed_up", "waiting"])
    return enrollments.active().exclude(pk__in=taken.values("enrollment"))
