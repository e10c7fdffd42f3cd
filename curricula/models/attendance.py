"""How officers attended, each mark kept; and a person's calendar feed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import clock

from .session import SessionPlace


class AttendanceMark(models.Model):
    """One record of how an officer attended. Written once, triggers keep it; a correction is another mark."""

    class How(models.TextChoices):
        ROLL = "roll", _("by roll")
        CODE = "code", _("by the code in the room")
        SHEET = "sheet", _("from the signed sheet")

    place = models.ForeignKey(SessionPlace, on_delete=models.PROTECT, related_name="marks")
    attendance = models.CharField(_("attendance"), max_length=10, choices=SessionPlace.Attendance.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    how = models.CharField(pgettext_lazy("attendance", "how"), max_length=10, choices=How.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("attendance mark")
        verbose_name_plural = _("attendance marks")
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attendance__in=["present", "partial"], minutes__gt=0)
                | Q(attendance__in=["absent", "excused"], minutes=0),
                name="minutes_fit_attendance",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A mark of attendance is never written a second time.")
        super().save(*args, **kwargs)


class CalendarFeed(models.Model):
    """The address under which a person's calendar program fetches the own sessions. A new number makes the address
    before it useless."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("number of the address"), default=1)
    is_open = models.BooleanField(_("open"), default=True)
    made_at = models.DateTimeField(_("made"), default=clock.now)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
