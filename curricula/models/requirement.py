"""Who must hold which certificate."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people import clock
from people.bilingual import pick
from people.models import Agency, Office, Participant

from .curriculum import Curriculum


class Requirement(models.Model):
    """The officers of a place and a position must hold a valid certificate of a curriculum, from a day until a day."""

    name_en = models.CharField(_("name in English"), max_length=160)
    name_es = models.CharField(_("name in Spanish"), max_length=160)
    curriculum = models.ForeignKey(
        Curriculum, on_delete=models.PROTECT, related_name="requirements", verbose_name=_("curriculum")
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="+", verbose_name=_("Participant")
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
        help_text=_("Empty for all agencies of the Participant."),
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("office"),
        help_text=_("Empty for all offices of the agency."),
    )
    position = models.CharField(
        _("position"),
        max_length=120,
        blank=True,
        help_text=_("As it stands in the officers’ accounts; accents and capitals do not count. Empty for all."),
    )
    from_on = models.DateField(_("from"), default=clock.today)
    until_on = models.DateField(_("until"), null=True, blank=True)
    renewal_days = models.PositiveSmallIntegerField(
        _("renewal, days before the end"),
        default=90,
        validators=[MaxValueValidator(730)],
        help_text=_("Whose certificate ends within so many days is proposed for the next round."),
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("set by"),
    )

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["curriculum", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="requirement_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first. Change one of the two dates."),
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=True) | Q(agency__isnull=False), name="requirement_names_the_whole_place"
            ),
        ]

    @property
    def name(self) -> str:
        return pick(self, "name")

    def __str__(self) -> str:
        return self.name
