"""How long a Participant keeps what."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..bilingual import pick
from ..retaining import choices, kind_of
from .agency import Participant

LONGEST_DAYS = 36_500


class RetentionRule(models.Model):
    """Records of one kind of one Participant are removed after so many days. Without a rule nothing is removed."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="retention_rules", verbose_name=_("Participant")
    )
    kind = models.CharField(_("kind of record"), max_length=40, choices=choices)
    days = models.PositiveIntegerField(
        _("days to keep"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)]
    )
    basis_en = models.CharField(
        _("basis in English"), max_length=300, help_text=_("The rule or order that says so; officers read it.")
    )
    basis_es = models.CharField(
        _("basis in Spanish"), max_length=300, help_text=_("The rule or order that says so; officers read it.")
    )

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["participant", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind"],
                name="one_retention_rule_per_kind",
                violation_error_message=_(
                    "This Participant has a rule for this kind of record already. Change that one."
                ),
            ),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=LONGEST_DAYS), name="retention_rule_has_days"),
        ]

    @property
    def basis(self) -> str:
        """Why so long, in the reader's language."""
        return pick(self, "basis")

    @property
    def title(self) -> str:
        """The kind of record in the reader's language."""
        kind = kind_of(self.kind)
        return str(kind.title) if kind else self.kind

    def __str__(self) -> str:
        return f"{self.participant.code} · {self.title} · {self.days}"
