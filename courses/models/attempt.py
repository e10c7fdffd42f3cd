"""An attempt at a quiz and its responses."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .record import CourseRecord


class Attempt(models.Model):
    """One sitting. Items, their order and the order of options are drawn at the start and never again (`layout`)."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SUBMITTED = "submitted", _("handed in")

    record = models.ForeignKey(CourseRecord, on_delete=models.CASCADE, related_name="attempts")
    quiz_code = models.CharField(_("quiz"), max_length=40)
    content_sha256 = models.CharField(_("content it is marked against"), max_length=64)
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    layout = models.JSONField(_("items and options as drawn"))
    started_at = models.DateTimeField(_("started"))
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    language = models.CharField(_("language at the start"), max_length=2)
    score_percent = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    flagged = models.JSONField(_("questions to come back to"), default=list, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(_("minutes added to the time limit"), default=0)
    breaks_allowed = models.PositiveSmallIntegerField(_("breaks allowed"), default=0)
    break_minutes = models.PositiveSmallIntegerField(_("minutes of a break"), default=0)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["record", "quiz_code", "number"]
        indexes = [
            models.Index(fields=["deadline_at"], condition=Q(state="open"), name="open_attempts_by_deadline"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "quiz_code", "number"], name="attempts_are_numbered"),
            models.UniqueConstraint(fields=["record", "quiz_code"], condition=Q(state="open"), name="one_open_attempt"),
            models.CheckConstraint(
                condition=Q(state="open", score_percent__isnull=True)
                | Q(state="submitted", score_percent__isnull=False),
                name="submitted_attempt_has_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_code} · {self.number}"


class Response(models.Model):
    """The answer to one item of an attempt, with the language in which it was given."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    item_code = models.CharField(_("item"), max_length=40)
    answer = models.JSONField(_("answer"))
    language = models.CharField(_("language"), max_length=2)
    answered_at = models.DateTimeField(_("answered"))
    mark = models.DecimalField(_("mark"), max_digits=4, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [models.UniqueConstraint(fields=["attempt", "item_code"], name="one_response_per_item")]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.item_code}"


class SavedAnswers(models.Model):
    """A saving that a page named by a key of its own, so that it counts once, however often it is sent."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="savings")
    key = models.UUIDField(_("key"))
    item_codes = models.JSONField(_("items"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved answers")
        verbose_name_plural = _("saved answers")
        constraints = [models.UniqueConstraint(fields=["attempt", "key"], name="answers_are_saved_once")]


class AttemptBreak(models.Model):
    """A break within an attempt. All of it is added to the deadline at once; what is left when it ends is taken off."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="breaks")
    number = models.PositiveSmallIntegerField(_("number"))
    began_at = models.DateTimeField(_("began"))
    ends_at = models.DateTimeField(_("ends at the latest"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["attempt", "number"]
        constraints = [models.UniqueConstraint(fields=["attempt", "number"], name="breaks_are_numbered")]
