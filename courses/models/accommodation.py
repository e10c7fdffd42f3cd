"""More time and breaks in assessments, for one person."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Accommodation(models.Model):
    """What is granted to a person until a day or for good. Why is not kept: it may be a matter of health."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accommodation", verbose_name=_("person")
    )
    extra_time_percent = models.PositiveSmallIntegerField(
        _("more time, in percent of the time limit"), default=0, validators=[MaxValueValidator(200)]
    )
    breaks_allowed = models.PositiveSmallIntegerField(
        _("breaks in an attempt"), default=0, validators=[MaxValueValidator(10)]
    )
    break_minutes = models.PositiveSmallIntegerField(
        _("longest break, in minutes"), default=0, validators=[MaxValueValidator(60)]
    )
    until_on = models.DateField(_("holds until"), null=True, blank=True, help_text=_("Empty when it holds for good."))
    granted_at = models.DateTimeField(_("granted"))

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")

    def __str__(self) -> str:
        return f"{self.person_id} · +{self.extra_time_percent} %"
