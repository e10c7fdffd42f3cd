"""By which rules officers are reminded, within which hours, and what went out."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import clock
from people.models import Letter, Participant

from .cohort import Cohort, Enrollment


class ReminderHours(models.Model):
    """When and how often a Participant's people are written to; where no row is, the first hours hold."""

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="reminder_hours", verbose_name=_("Participant")
    )
    quiet_from = models.TimeField(_("quiet from"))
    quiet_until = models.TimeField(_("quiet until"))
    on_weekends = models.BooleanField(_("also on weekends"), default=False)
    most_per_week = models.PositiveSmallIntegerField(
        _("at most in seven days"), validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    escalate_after = models.PositiveSmallIntegerField(_("tell the supervisor after"), validators=[MaxValueValidator(4)])

    class Meta:
        verbose_name = _("hours of reminders")
        verbose_name_plural = _("hours of reminders")
        constraints = [models.CheckConstraint(condition=~Q(quiet_from=F("quiet_until")), name="reminder_hours_open")]

    def __str__(self) -> str:
        return f"{self.participant_id} · {self.quiet_from:%H:%M}–{self.quiet_until:%H:%M}"


class ReminderRule(models.Model):
    """A rule with the days that a Participant has set, for all its officers or for those of one cohort."""

    class Kind(models.TextChoices):
        BEFORE_DUE = "before_due", _("some time before the last day")
        DUE_SOON = "due_soon", _("shortly before the last day")
        INACTIVE = "inactive", _("without activity")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="reminder_rules", verbose_name=_("Participant")
    )
    cohort = models.ForeignKey(
        Cohort,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reminder_rules",
        verbose_name=_("cohort"),
    )
    kind = models.CharField(_("rule"), max_length=12, choices=Kind.choices)
    days = models.PositiveSmallIntegerField(_("days"), validators=[MinValueValidator(1), MaxValueValidator(90)])
    is_on = models.BooleanField(_("is asked"), default=True)

    class Meta:
        verbose_name = _("rule for reminders")
        verbose_name_plural = _("rules for reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind"], condition=Q(cohort__isnull=True), name="one_reminder_rule_each"
            ),
            models.UniqueConstraint(
                fields=["participant", "cohort", "kind"],
                condition=Q(cohort__isnull=False),
                name="one_reminder_rule_per_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} · {self.cohort_id or ''} · {self.kind} · {self.days}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def sent(self) -> Self:
        """Those for which a letter was written."""
        return self.filter(state=Reminder.State.SENT)


class Reminder(models.Model):
    """The log: each occasion of an enrollment once, whether a letter was written for it or it was held back.

    One that was held back becomes one that was sent when its reason falls away; nothing else ever changes.
    """

    class Kind(models.TextChoices):
        """All kinds of letters that remind, also those whose rule stands elsewhere."""

        BEFORE_DUE = "before_due", _("The last day comes near")
        DUE_SOON = "due_soon", _("The last day is close")
        INACTIVE = "inactive", _("No activity")
        ESCALATED = "escalated", _("No activity, to the supervisor")
        SESSION = "session", _("A session is tomorrow")
        CERTIFICATE = "certificate", _("A certificate ends")

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("reminder", "written")
        HELD = "held", pgettext_lazy("reminder", "held back")

    class Reason(models.TextChoices):
        """Why one was held back."""

        WEEK_IS_FULL = "week", _("Had as many reminders within seven days as your Participant allows.")
        ONE_A_DAY = "day", _("Had another reminder on the same day.")
        EXCUSED = "excused", _("A manager decided that there is a good reason.")

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("enrollment")
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    key = models.CharField(_("occasion"), max_length=40)
    day = models.DateField(_("day that it is about"))
    number = models.PositiveSmallIntegerField(_("days"), help_text=_("Until that day, or since it."))
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("e-mail")
    )
    written_at = models.DateTimeField(_("when"), default=clock.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "written_at"], name="reminders_of_a_week")]
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "kind", "key"], name="one_reminder_per_occasion"),
            models.CheckConstraint(
                condition=Q(state="sent", reason="") | (Q(state="held") & ~Q(reason="")),
                name="reminder_held_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} · {self.kind} · {self.key} · {self.state}"
