"""A training round: what is taught to whom in a period; its targets, each version of which is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people import clock
from people.bilingual import pick
from people.models import Agency, Office, Participant

from .curriculum import Curriculum


class Round(models.Model):
    """Cohorts that belong together: of one Participant, or a joint round of both."""

    class Plan(models.TextChoices):
        EVEN = "even", _("evenly over the period of the round")
        COHORTS = "cohorts", _("as the plans of its cohorts add up")

    code = models.SlugField(_("code"), unique=True, max_length=40)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_es = models.CharField(_("name in Spanish"), max_length=160)
    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Participant"),
        help_text=_("Empty for a joint round of both."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("owner")
    )
    curricula = models.ManyToManyField(Curriculum, related_name="rounds", verbose_name=_("curricula"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    plan = models.CharField(_("plan"), max_length=10, choices=Plan.choices, default=Plan.COHORTS)
    is_demo = models.BooleanField(_("demonstration data"), default=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("training round")
        verbose_name_plural = _("training rounds")
        ordering = ["-opens_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")),
                name="round_closes_after_it_opens",
                violation_error_message=_("The round closes before it opens. Change one of the two dates."),
            )
        ]

    @property
    def name(self) -> str:
        return pick(self, "name")

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class TargetVersion(models.Model):
    """All targets of one Participant in a round, from a day on. A change is the next version, with its reason; the
    database never lets one change."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="target_versions")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="+", verbose_name=_("Participant")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    holds_from = models.DateField(_("holds from"))
    reason = models.CharField(_("reason"), max_length=300)
    set_at = models.DateTimeField(_("set"), default=clock.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set by"),
    )

    class Meta:
        verbose_name = _("version of the targets")
        verbose_name_plural = _("versions of the targets")
        ordering = ["round", "participant", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "participant", "number"], name="target_versions_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.round.code} · {self.participant.code} · {self.number}"


class TargetLine(models.Model):
    """So many persons of a place and a position: of the whole Participant where nothing narrower is named."""

    version = models.ForeignKey(TargetVersion, on_delete=models.PROTECT, related_name="lines")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("office")
    )
    position = models.CharField(_("position"), max_length=120, blank=True)
    persons = models.PositiveIntegerField(_("persons"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=True) | Q(agency__isnull=False), name="target_names_the_whole_place"
            )
        ]
