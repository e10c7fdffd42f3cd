"""What became of an enrollment, day by day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people import clock

from .cohort import Enrollment


class EnrollmentEvent(models.Model):
    """One transition, or a new due date where both states are the same. The enrollment's own row says how it began.

    Entries are only ever added; triggers keep them. An erasure empties the reason, and nothing else can be changed.
    """

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="events", verbose_name=_("enrollment")
    )
    before = models.CharField(_("state before"), max_length=12, choices=Enrollment.State.choices)
    after = models.CharField(_("state after"), max_length=12, choices=Enrollment.State.choices)
    effective_on = models.DateField(_("effective from"))
    due_on = models.DateField(_("own due date"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("recorded"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("event of an enrollment")
        verbose_name_plural = _("events of enrollments")
        ordering = ["enrollment", "pk"]

    def __str__(self) -> str:
        return f"{self.enrollment_id} · {self.get_after_display()}"
