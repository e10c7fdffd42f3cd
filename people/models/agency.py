"""Participants, their implementing agencies and the agencies' offices: data, dated, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..bilingual import pick
from ..time_zones import TimeZone


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: dt.date) -> Self:
        """Those that exist on a day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )


class Dated(models.Model):
    """Something with a name in both languages that exists from a day until a day."""

    name_en = models.CharField(_("name in English"), max_length=160)
    name_es = models.CharField(_("name in Spanish"), max_length=160)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first. Change one of the two dates."),
            )
        ]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self, "name")

    def __str__(self) -> str:
        return self.name


class Participant(Dated):
    """One of the two Participants of the Declaration, such as DHS or SHCP."""

    code = models.SlugField(_("code"), unique=True, max_length=20, allow_unicode=False)
    country_en = models.CharField(_("country in English"), max_length=80)
    country_es = models.CharField(_("country in Spanish"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order in the Declaration"), default=1)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        choices=TimeZone.choices,
        default=TimeZone.UTC,
        help_text=_("Holds for every office that has none of its own."),
    )

    class Meta(Dated.Meta):
        verbose_name = _("Participant")
        verbose_name_plural = _("Participants")
        ordering = ["position", "code"]

    @property
    def zone(self) -> ZoneInfo:
        """The clock of offices that have no time zone of their own."""
        return ZoneInfo(self.time_zone)

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class Agency(Dated):
    """An implementing agency of a Participant, such as CBP or AGA."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="agencies", verbose_name=_("Participant")
    )
    code = models.SlugField(_("code"), unique=True, max_length=20)

    class Meta(Dated.Meta):
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class Office(Dated):
    """A customs house or port of entry of an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offices", verbose_name=_("agency"))
    code = models.SlugField(_("code"), max_length=60)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        choices=TimeZone.choices,
        blank=True,
        help_text=_("Empty where the time zone of the Participant holds. Nobody is reminded there at night."),
    )

    class Meta(Dated.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["agency", "name_en"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "code"],
                name="one_office_per_code",
                violation_error_message=_("This agency already has an office with this code. Choose another code."),
            ),
        ]

    @property
    def zone(self) -> ZoneInfo:
        """The clock on its wall: its own time zone, or that of its Participant."""
        return ZoneInfo(self.time_zone) if self.time_zone else self.agency.participant.zone
