"""A report to the Executive Steering Committee: the figures and both editions, drawn from one snapshot."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people import clock

from .snapshot import Snapshot


class Report(models.Model):
    """One report. `files` maps each file's name to its SHA-256. Written once; a correction is a new report."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="reports", verbose_name=_("snapshot"))
    figures_sha256 = models.CharField(_("SHA-256 of the figures"), max_length=64)
    files_sha256 = models.CharField(_("SHA-256 of the files"), max_length=64)
    definitions = models.CharField(_("definitions"), max_length=20)
    folder = models.CharField(_("folder"), max_length=200, help_text=_("Path in the private folder."))
    files = models.JSONField(_("files"))
    created_at = models.DateTimeField(_("made"), default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "files_sha256"], name="one_report_per_snapshot_and_files")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A report is never written a second time.")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.snapshot.extract
