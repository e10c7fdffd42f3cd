"""Who signs certificates for a Participant: holders of posts, with their dates."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.bilingual import pick
from people.models import Agency, Participant


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def on(self, day: dt.date) -> Self:
        """Those who hold their post on a day; who took it last stands first."""
        held = self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)
        return held.order_by("participant", "-from_on", "-pk")


class Signatory(models.Model):
    """The person who signs for a Participant, and the post that gives the right to."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="signatories", verbose_name=_("Participant")
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
        help_text=_("The agency that the post belongs to; it stands on the certificate under the Participant."),
    )
    name = models.CharField(_("name"), max_length=160)
    post_en = models.CharField(_("post in English"), max_length=160)
    post_es = models.CharField(_("post in Spanish"), max_length=160)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["participant", "-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="signatory_ends_after_beginning",
                violation_error_message=_("The last day lies before the first. Change one of the two dates."),
            )
        ]

    @property
    def post(self) -> str:
        """The post in the reader's language."""
        return pick(self, "post")

    def __str__(self) -> str:
        return f"{self.name} · {self.post}"
