"""The rules by which an officer is called at risk, and what was decided about it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from people import clock
from people.models import Participant

from .cohort import Enrollment


class RiskRule(models.Model):
    """A rule with the number that a Participant has set; where no row is, the first number holds."""

    class Rule(models.TextChoices):
        NOT_STARTED = "not_started", _("has not started")
        INACTIVE = "inactive", _("is inactive")
        PACE = "pace", _("is behind the plan")
        FAILED = "failed", _("has not passed a quiz")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="risk_rules", verbose_name=_("Participant")
    )
    rule = models.CharField(_("rule"), max_length=12, choices=Rule.choices)
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(365)])
    is_on = models.BooleanField(_("is asked"), default=True)

    class Meta:
        verbose_name = _("rule for officers at risk")
        verbose_name_plural = _("rules for officers at risk")
        constraints = [models.UniqueConstraint(fields=["participant", "rule"], name="one_risk_rule_each")]

    def __str__(self) -> str:
        return f"{self.participant_id} · {self.rule} · {self.number}"


class RiskDecision(models.Model):
    """What a manager did about an officer at risk, with the reasons as they stood. Never changed."""

    class Decision(models.TextChoices):
        CONTACTED = "contacted", _("The officer was contacted")
        SUPPORTED = "supported", _("Help was agreed")
        EXCUSED = "excused", _("There is a good reason")
        WATCHED = "watched", _("Wait and see")

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="risk_decisions", verbose_name=_("enrollment")
    )
    decision = models.CharField(_("decision"), max_length=12, choices=Decision.choices)
    reasons = models.JSONField(_("reasons as they stood"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    quiet_until = models.DateField(_("not asked again before"))
    decided_at = models.DateTimeField(_("decided"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("decision about an officer at risk")
        verbose_name_plural = _("decisions about officers at risk")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.enrollment_id} · {self.decision}"
