"""What an instructor may hold sessions of and score: a course, in a language, between two days."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people import clock
from people.models import User


class QualificationQuerySet(models.QuerySet["InstructorQualification"]):
    def on(self, day: dt.date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)


class InstructorQualification(models.Model):
    """One instructor, one course whatever its edition, one language. Once given, only its last day changes."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="qualifications", verbose_name=_("person")
    )
    course_code = models.CharField(_("course"), max_length=40)
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    from_on = models.DateField(_("from"), default=clock.today)
    until_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty when it holds for good."))
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Such as the course for instructors."))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
    )

    objects = QualificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("qualification of an instructor")
        verbose_name_plural = _("qualifications of instructors")
        ordering = ["course_code", "language", "person", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_code", "language"],
                condition=Q(until_on=None),
                name="one_open_qualification",
                violation_error_message=_("This person is qualified already."),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="qualification_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first. Change one of the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.course_code} · {self.get_language_display()}"
