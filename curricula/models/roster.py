"""Rosters that were applied, and what their headings mean."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from people import clock
from people.models import Participant

from .cohort import Cohort


class RosterImport(models.Model):
    """One roster that was applied to a cohort: what came in, when, by whom."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="roster_imports")
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    people_added = models.PositiveIntegerField(_("people added"))
    people_changed = models.PositiveIntegerField(_("people changed"))
    enrolled = models.PositiveIntegerField(_("enrolled"))
    withdrawn = models.PositiveIntegerField(_("withdrawn"), default=0)
    applied_at = models.DateTimeField(_("applied"), default=clock.now)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("applied by"),
    )
    job = models.OneToOneField(
        Job, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("job")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    class Meta:
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-applied_at"]


class RosterHeading(models.Model):
    """What a heading means that no alias knows, as a manager of the Participant said."""

    participant = models.ForeignKey(
        Participant,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Participant"),
        help_text=_("Empty for an operator without one."),
    )
    heading = models.CharField(_("heading"), max_length=80, help_text=_("Without accents and capitals."))
    column = models.CharField(_("column"), max_length=20)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        verbose_name = _("heading of rosters")
        verbose_name_plural = _("headings of rosters")
        ordering = ["participant", "heading"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "heading"], name="one_meaning_per_heading"),
            models.UniqueConstraint(
                fields=["heading"], condition=models.Q(participant=None), name="one_meaning_per_heading_of_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.column}"
