"""What sessions hold about a person: places and attendance, sessions taught, marks recorded, the calendar feed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.erasing import Erasure, erases
from people.held_data import Field, Row, held, is_about_a_person
from people.models import User

from .models import AttendanceMark, CalendarFeed, Enrollment, SessionInstructor, SessionPlace
from .services.places import free_places_of

is_about_a_person("curricula.SessionPlace", "enrollment__person")


@held(
    "session_places",
    title=_("Sessions with an instructor"),
    about=_("Where you had a seat, waited or declined, and the attendance that was recorded, with every correction."),
    place=107,
    fields=(
        Field("course", _("Course")),
        Field("starts_at", _("Begins")),
        Field("place", pgettext_lazy("venue", "Place")),
        Field("state", _("State"), lambda: dict(SessionPlace.State.choices)),
        Field("queued_at", _("Since")),
        Field("changed_at", _("Changed")),
        Field("reminded_at", _("Reminded")),
        Field("attendance", _("Attendance"), lambda: {"": "–", **dict(SessionPlace.Attendance.choices)}),
        Field("minutes", _("Minutes")),
        Field("recorded_at", _("Recorded")),
        Field("marks", _("Marks: attendance, minutes, how, when")),
    ),
)
def sessions(person: User) -> Iterable[Row]:
    """One row a session. Two queries."""
    places = SessionPlace.objects.filter(enrollment__person=person).order_by("session__starts_at", "pk")
    found = places.select_related("session__course").defer("session__course__content").prefetch_related("marks")
    for each in found:
        marks = [f"{m.attendance}, {m.minutes}, {m.how}, {m.recorded_at:%Y-%m-%d %H:%M} UTC" for m in each.marks.all()]
        yield (
            each.session.course.code, each.session.starts_at, each.session.place, each.state, each.queued_at,
            each.changed_at, each.reminded_at, each.attendance, each.minutes, each.recorded_at, marks,
        )  # fmt: skip


@held(
    "sessions_taught",
    title=_("Sessions that you teach"),
    about=_("The sessions to which you are assigned as an instructor."),
    place=122,
    fields=(
        Field("course", _("Course")),
        Field("starts_at", _("Begins")),
        Field("part", _("Part"), lambda: dict(SessionInstructor.Part.choices)),
    ),
    covers=["curricula.SessionInstructor.person"],
)
def sessions_taught(person: User) -> Iterable[Row]:
    """One row a session."""
    found = SessionInstructor.objects.filter(person=person).order_by("session__starts_at", "pk")
    return found.values_list("session__course__code", "session__starts_at", "part")


@held(
    "attendance_recorded",
    title=_("Attendance that you recorded"),
    about=_("Kept so that it can be told who recorded what. The names of the officers are not yours and not told."),
    place=124,
    fields=(
        Field("course", _("Course")),
        Field("starts_at", _("Begins")),
        Field("attendance", _("Attendance"), lambda: dict(SessionPlace.Attendance.choices)),
        Field("how", _("How"), lambda: dict(AttendanceMark.How.choices)),
        Field("recorded_at", _("Recorded")),
    ),
    covers=["curricula.AttendanceMark.recorded_by"],
)
def attendance_recorded(person: User) -> Iterable[Row]:
    """One row a mark."""
    found = AttendanceMark.objects.filter(recorded_by=person).order_by("pk")
    session = "place__session"
    return found.values_list(f"{session}__course__code", f"{session}__starts_at", "attendance", "how", "recorded_at")


@held(
    "calendar_feed",
    title=_("Calendar address"),
    about=_("That you have an address for your calendar. The address itself follows from these two values and is on "
            "your page."),
    place=108,
    fields=(
        Field("number", _("Number")),
        Field("is_open", _("Open")),
        Field("made_at", _("Made")),
    ),
    covers=["curricula.CalendarFeed.person"],
)  # fmt: skip
def calendar_feed(person: User) -> Iterable[Row]:
    """None, or one row."""
    return CalendarFeed.objects.filter(person=person).values_list("number", "is_open", "made_at")


@erases(
    "session_places",
    says=_(
        "Places in sessions to come go to others, and the address of the calendar works no more. Attendance stays as "
        "anonymous statistics."
    ),
    place=195,
)
def leave_sessions(erasure: Erasure) -> None:
    """Before the enrollments end, so that those who move up are told by the same rule as ever."""
    erasure.done["curricula.CalendarFeed"] += CalendarFeed.objects.filter(person=erasure.person).delete()[0]
    free_places_of(enrollments=list(Enrollment.objects.filter(person=erasure.person)), by=None)
