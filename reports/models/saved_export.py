"""An export of a cohort that is made again and again."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from curricula.models import Cohort
from jobs.models import Job
from people import clock


class SavedExportQuerySet(models.QuerySet["SavedExport"]):
    def running(self) -> Self:
        """Those that nobody and nothing has stopped."""
        return self.filter(stopped_at__isnull=True)

    def due(self) -> Self:
        """Those whose day has come."""
        return self.running().filter(next_on__lte=clock.today())


class SavedExport(models.Model):
    """Which tables of which cohort, in which format, how often, and who asked: whose right is asked again each time."""

    class Every(models.TextChoices):
        DAY = "day", _("every day")
        WEEK = "week", _("every week")
        MONTH = "month", _("every month")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+", verbose_name=_("cohort"))
    contents = models.JSONField(_("tables"))
    file_format = models.CharField(_("format"), max_length=10)
    is_named = models.BooleanField(_("with names"))
    language = models.CharField(_("language"), max_length=2)
    every = models.CharField(_("how often"), max_length=10, choices=Every.choices)
    next_on = models.DateField(_("next on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    last_job = models.ForeignKey(
        Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("latest job")
    )
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    objects = SavedExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved export")
        verbose_name_plural = _("saved exports")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["next_on"], name="saved_export_due", condition=models.Q(stopped_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} · {', '.join(self.contents)} · {self.file_format}"
