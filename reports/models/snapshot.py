"""A frozen extract: which period, as of when, and the SHA-256 of its file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people import clock


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def update(self, **values: Any) -> int:
        """There is no way to change a snapshot."""
        raise TypeError("A snapshot is never written a second time.")


class Snapshot(models.Model):
    """What was true of a period, on file. Written once; a correction is a new snapshot that names the old one."""

    extract = models.CharField(_("extract"), max_length=60, unique=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    cut_off_at = models.DateTimeField(_("cut-off"))
    file = models.CharField(_("file"), max_length=200, help_text=_("Path in the private folder."))
    sha256 = models.CharField("SHA-256", max_length=64)
    content_sha256 = models.CharField(_("SHA-256 of the facts"), max_length=64)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("replaces")
    )
    created_at = models.DateTimeField(_("frozen"), default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("frozen by"),
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")),
                name="snapshot_ends_after_it_begins",
                violation_error_message=_("The period ends before it begins. Change one of the two dates."),
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A snapshot is never written a second time.")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.extract
