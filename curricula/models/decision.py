"""What is decided about a candidate beside approval: changes asked for, and the record of the whole decision."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people import clock
from people.models import Participant

from .edition import CurriculumEdition


class ChangeRequest(models.Model):
    """One Participant's wish for a change of a candidate: of one learning object, or of the whole."""

    edition = models.ForeignKey(CurriculumEdition, on_delete=models.CASCADE, related_name="change_requests")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="+", verbose_name=_("Participant")
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    object_code = models.CharField(_("learning object"), max_length=40, blank=True)
    comment = models.TextField(_("comment"), max_length=4000)
    sha256 = models.CharField(_("SHA-256 of what was read"), max_length=64)
    requested_at = models.DateTimeField(_("requested"), default=clock.now)

    class Meta:
        verbose_name = _("request for changes")
        verbose_name_plural = _("requests for changes")
        ordering = ["requested_at", "pk"]


class DecisionRecord(models.Model):
    """The facts of a joint decision as they were when the edition was published. Written once, never changed.

    `facts` name people by their numbers and not by their names, so that an erasure leaves the hash true. Their shape is
    that of `curricula.decision_facts.facts_of`.
    """

    edition = models.OneToOneField(CurriculumEdition, on_delete=models.PROTECT, related_name="decision_record")
    facts = models.JSONField(_("facts"))
    sha256 = models.CharField("SHA-256", max_length=64)
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("record of decision")
        verbose_name_plural = _("records of decision")
        ordering = ["-recorded_at"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A record of decision is never written a second time.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A record of decision is kept for good.")
