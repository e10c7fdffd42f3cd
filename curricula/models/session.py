"""An instructor-led session of a cohort: when, where, who teaches, and who has a seat."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import FrozenCourse
from people import clock
from people.models import Agency, Office
from people.time_zones import TimeZone

from .cohort import Cohort, Enrollment


class SessionQuerySet(models.QuerySet["Session"]):
    def coming(self, now: dt.datetime) -> Self:
        """Planned, and not over yet."""
        return self.filter(state=Session.State.PLANNED, ends_at__gt=now)


class Session(models.Model):
    """One meeting of a cohort about one of its courses. Moments are UTC; people read them in the session's zone.

    `sequence` counts the changes that those invited were told of: calendars go by it (RFC 5545, 3.8.7.4).
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("session", "planned")
        HELD = "held", pgettext_lazy("session", "held")
        CANCELED = "canceled", pgettext_lazy("session", "canceled")

    class Languages(models.TextChoices):
        EN = "en", _("English")
        ES = "es", _("Spanish")
        BOTH = "both", _("English and Spanish")

    class Reason(models.TextChoices):
        """Why a session is not held: words that both languages have."""

        INSTRUCTOR = "instructor", _("the instructor cannot come")
        ROOM = "room", _("the room cannot be used")
        FEW = "few", _("too few officers signed up")
        OPERATIONS = "operations", _("operational need")
        WEATHER = "weather", _("weather or closed roads")
        OTHER = "other", _("another reason")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("cohort"))
    course = models.ForeignKey(FrozenCourse, on_delete=models.PROTECT, related_name="+", verbose_name=_("course"))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=40, choices=TimeZone.choices)
    place = models.CharField(pgettext_lazy("venue", "place"), max_length=160)
    room = models.CharField(_("room"), max_length=80, blank=True)
    online_address = models.URLField(_("online address"), max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    languages = models.CharField(_("language"), max_length=4, choices=Languages.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    cancel_reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("training", "session")
        verbose_name_plural = pgettext_lazy("training", "sessions")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["state", "starts_at"], name="session_state_start")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_seats"),
            models.CheckConstraint(
                condition=(Q(state="canceled") & ~Q(cancel_reason="")) | (~Q(state="canceled") & Q(cancel_reason="")),
                name="canceled_session_has_reason",
            ),
        ]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def minutes(self) -> int:
        """How long it is."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def taught_languages(self) -> tuple[str, ...]:
        return ("en", "es") if self.languages == Session.Languages.BOTH else (self.languages,)

    def __str__(self) -> str:
        return f"{self.course.code} · {self.starts_at.astimezone(self.zone):%Y-%m-%d %H:%M}"


class SeatShare(models.Model):
    """Seats of a session that are kept for an agency, or for one office of it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency"))
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("office")
    )
    seats = models.PositiveSmallIntegerField(_("seats"))

    class Meta:
        ordering = ["agency", "office"]
        constraints = [
            models.UniqueConstraint(fields=["session", "office"], name="one_share_per_office"),
            models.UniqueConstraint(
                fields=["session", "agency"], condition=Q(office=None), name="one_share_per_agency"
            ),
        ]


class SessionInstructor(models.Model):
    """Who teaches a session."""

    class Part(models.TextChoices):
        LEAD = "lead", _("lead instructor")
        ASSISTANT = "assistant", _("assistant instructor")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="instructors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)

    class Meta:
        ordering = ["session", "-part", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="instructor_once_per_session")]


class SessionPlaceQuerySet(models.QuerySet["SessionPlace"]):
    def seated(self) -> Self:
        return self.filter(state=SessionPlace.State.SIGNED_UP)

    def waiting(self) -> Self:
        """The waiting list, in its order."""
        return self.filter(state=SessionPlace.State.WAITING).order_by("queued_at", "pk")


class SessionPlace(models.Model):
    """An officer's place in a session: a seat, a place on the waiting list, or one that was given back.

    `attendance` and `minutes` repeat the latest `AttendanceMark`, so that lists need no more than this row.
    """

    class State(models.TextChoices):
        SIGNED_UP = "signed_up", _("signed up")
        WAITING = "waiting", _("on the waiting list")
        DECLINED = "declined", _("declined")
        CANCELED = "canceled", pgettext_lazy("place", "canceled")

    class Attendance(models.TextChoices):
        PRESENT = "present", _("present")
        PARTIAL = "partial", _("partly present")
        ABSENT = "absent", _("absent")
        EXCUSED = "excused", _("excused")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="places")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="places")
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    queued_at = models.DateTimeField(_("since"), default=clock.now)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    attendance = models.CharField(_("attendance"), max_length=10, choices=Attendance.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), null=True, blank=True)

    objects = SessionPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a session")
        verbose_name_plural = _("places in sessions")
        ordering = ["session", "queued_at", "pk"]
        indexes = [models.Index(fields=["session", "state"], name="place_session_state")]
        constraints = [
            models.UniqueConstraint(fields=["session", "enrollment"], name="one_place_per_session"),
            models.CheckConstraint(
                condition=Q(attendance="", minutes__isnull=True, recorded_at__isnull=True)
                | (~Q(attendance="") & Q(minutes__isnull=False, recorded_at__isnull=False)),
                name="attendance_has_minutes_and_time",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the officer has a seat or waits for one."""
        return self.state in {SessionPlace.State.SIGNED_UP, SessionPlace.State.WAITING}
