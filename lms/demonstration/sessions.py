"""Sessions of the demonstration: two that were held with their attendance, one to come, in each cohort. By services."""

from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo

from courses.models import FrozenCourse
from courses.services.qualifications import qualify_instructor
from curricula.attendance_list import Mark
from curricula.models import AttendanceMark, Cohort, Enrollment, Session, SessionInstructor
from curricula.services.attendance import record_attendance
from curricula.services.places import sign_up
from curricula.services.sessions import Plan, close_roll, plan_session
from people import clock
from people.models import User

from .accounts import make_accounts, trainee_emails

INSTRUCTORS = {"author@cbp.example": "en", "autora@aduanas.example": "es"}
ROOMS = {
    "aga-1500": ("America/Tijuana", "Aduana de Tijuana", "Aula 2", "es"),
    "cbp-integrity": ("America/Chicago", "Laredo Port of Entry", "Training room B", "both"),
}
DAYS = (-60, -24, 8)
"""The days of a cohort's sessions, from today."""

SEATS = {"past": 16, "coming": 12}
HOURS = dt.timedelta(hours=4)


def hold_sessions(cohorts: list[Cohort]) -> None:
    """Plan them and, of those that are over, take the roll. A cohort that has sessions keeps them as they are."""
    users = make_accounts()
    for cohort in cohorts:
        if cohort.code not in ROOMS or cohort.sessions.exists():
            continue
        places = cohort.edition.edition_courses.order_by("position").select_related("course").defer("course__content")
        courses = [each.course for each in places]
        people = [users[email] for email, language in INSTRUCTORS.items() if _teaches(cohort, language)]
        _qualify(cohort, people, {course.code for course in courses})
        for number, days in enumerate(DAYS):
            _session(cohort, courses[number % len(courses)], days, people)


def _teaches(cohort: Cohort, language: str) -> bool:
    return ROOMS[cohort.code][3] in {language, "both"}


def _qualify(cohort: Cohort, people: list[User], codes: set[str]) -> None:
    """Before the first session. Who is qualified already stays so."""
    with clock.simulated(_begins(cohort, DAYS[0]) - dt.timedelta(days=30)):
        for person in people:
            known = set(person.qualifications.filter(until_on=None).values_list("course_code", flat=True))
            for code in sorted(codes - known):
                language = INSTRUCTORS[person.email]
                qualify_instructor(person=person, course_code=code, language=language, by=None)


def _session(cohort: Cohort, course: FrozenCourse, days: int, people: list[User]) -> None:
    """One session: planned and filled a fortnight before it begins; its roll is taken at its end if that is over."""
    zone, place, room, languages = ROOMS[cohort.code]
    starts_at = _begins(cohort, days)
    is_over = days < 0
    parts = SessionInstructor.Part
    instructors = {person: parts.ASSISTANT if n else parts.LEAD for n, person in enumerate(people)}
    with clock.simulated(starts_at - dt.timedelta(days=14)):
        session = plan_session(
            cohort=cohort, course=course, shares={}, instructors=instructors, by=None,
            plan=Plan(starts_at=starts_at, ends_at=starts_at + HOURS, time_zone=zone, place=place, room=room,
                      languages=languages, capacity=SEATS["past" if is_over else "coming"]),
        )  # fmt: skip
        sign_up(session=session, enrollments=_officers(cohort, days), by=None, tells=not is_over)
    if is_over:
        _take_roll(session)


def _officers(cohort: Cohort, days: int) -> list[Enrollment]:
    """Other officers for each session. The visitors' accounts come first; in the one to come more want a seat than
    there are."""
    active = Enrollment.objects.filter(cohort=cohort, state="active", enrolled_at__lte=clock.now()).order_by("pk")
    visitors = list(active.filter(person__email__in=trainee_emails()))
    others = list(active.exclude(person__email__in=trainee_emails())[:60])
    turned = 20 * DAYS.index(days) % max(1, len(others))
    return [*visitors, *others[turned:], *others[:turned]][:16]


def _take_roll(session: Session) -> None:
    draw = random.Random(f"{session.cohort.code} {session.starts_at.date()}")  # noqa: S311 (a made-up life, no secret)
    places = list(session.places.seated().order_by("pk"))
    marks = {place.pk: _mark(session, draw) for place in places}
    with clock.simulated(session.ends_at):
        by = session.instructors.select_related("person").order_by("pk")[0].person
        record_attendance(session=session, marks=marks, how=AttendanceMark.How.SHEET, by=by)
        close_roll(session=session, places=[place.pk for place in places], by=by)


def _mark(session: Session, draw: random.Random) -> Mark:
    lot = draw.random()
    if lot < 0.8:
        return Mark("present", session.minutes)
    if lot < 0.9:
        return Mark("partial", draw.randrange(60, session.minutes - 30, 15))
    return Mark("absent" if lot < 0.97 else "excused", 0)


def _begins(cohort: Cohort, days: int) -> dt.datetime:
    """At nine, local time, of a working day."""
    zone = ZoneInfo(ROOMS[cohort.code][0])
    day = clock.today() + dt.timedelta(days=days)
    day += dt.timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() > 5 else 0)
    return dt.datetime.combine(day, dt.time(9), zone).astimezone(dt.UTC)
