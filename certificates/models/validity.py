"""How long certificates of an edition last, and the notices before they end."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curricula.models import CurriculumEdition
from people import clock

from .credential import Credential


class ValidityRule(models.Model):
    """How long a certificate of one edition lasts. Without a rule it does not end.

    It is read when a certificate is issued; what is issued already keeps its days when the rule changes.
    """

    class Kind(models.TextChoices):
        ROLLING = "rolling", _("so many months from the day of issue")
        CALENDAR = "calendar", _("until a fixed day of the year")

    edition = models.OneToOneField(
        CurriculumEdition, on_delete=models.PROTECT, related_name="validity_rule", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ROLLING)
    months = models.PositiveSmallIntegerField(
        _("months"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("With a fixed day: the least number of months; the certificate ends on the next such day."),
    )
    ends_month = models.PositiveSmallIntegerField(
        _("month of the fixed day"), default=12, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    ends_day = models.PositiveSmallIntegerField(
        _("fixed day"),
        default=31,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("In a shorter month, its last day."),
    )
    renewal_days = models.PositiveSmallIntegerField(
        _("days of the renewal window"),
        default=90,
        validators=[MaxValueValidator(730)],
        help_text=_("So many days before the end, whoever completes the curriculum again opens the next period."),
    )
    first_notice_days = models.PositiveSmallIntegerField(
        _("first notice, days before the end"), default=60, help_text=_("0 for none.")
    )
    last_notice_days = models.PositiveSmallIntegerField(
        _("last notice, days before the end"), default=14, help_text=_("0 for none.")
    )

    class Meta:
        verbose_name = _("validity of certificates")
        verbose_name_plural = _("validity of certificates")
        ordering = ["edition"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, ends_month__range=(1, 12), ends_day__range=(1, 31)),
                name="validity_has_a_length_and_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.get_kind_display()}"


class ExpiryNotice(models.Model):
    """That a holder was told, so many days before the end. Once each: the database insists."""

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="expiry_notices")
    days = models.PositiveSmallIntegerField(_("days before the end"))
    written_at = models.DateTimeField(_("written"), default=clock.now)

    class Meta:
        verbose_name = _("notice of expiry")
        verbose_name_plural = _("notices of expiry")
        ordering = ["-written_at"]
        constraints = [models.UniqueConstraint(fields=["credential", "days"], name="one_notice_of_each_kind")]
