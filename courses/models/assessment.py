"""A practical exercise as one officer did it before an instructor, step by step."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import User

from ..checklist import MOST_POINTS
from .record import CourseRecord


class AssessmentQuerySet(models.QuerySet["ExerciseAssessment"]):
    def standing(self) -> Self:
        """Those that no final correction has replaced."""
        return self.exclude(correction__state=ExerciseAssessment.State.FINAL)

    def final(self) -> Self:
        """Those with a result that counts: of a corrected one, the correction."""
        return self.standing().filter(state=ExerciseAssessment.State.FINAL)

    def going(self) -> Self:
        """Those that are being scored or wait for a second instructor."""
        return self.exclude(state=ExerciseAssessment.State.FINAL)


class ExerciseAssessment(models.Model):
    """One attempt at a practical exercise. Its result is final when `state` is: what was wrong in it is said by another
    assessment that `corrects` it, under the same number."""

    class State(models.TextChoices):
        OPEN = "open", _("being scored")
        WAITING = "waiting", _("waits for the second instructor")
        FINAL = "final", _("final")

    record = models.ForeignKey(CourseRecord, on_delete=models.CASCADE, related_name="assessments")
    exercise_code = models.CharField(_("practical exercise"), max_length=40)
    content_sha256 = models.CharField(_("content it is scored against"), max_length=64)
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    language = models.CharField(_("language used"), max_length=2, choices=User.Language.choices)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("scored by")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    started_at = models.DateTimeField(_("started"))
    scored_at = models.DateTimeField(_("scored"), null=True, blank=True)
    final_at = models.DateTimeField(_("final since"), null=True, blank=True)
    remarks = models.TextField(_("remarks"), blank=True)
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    score_percent = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="correction", verbose_name=_("corrects")
    )
    reason = models.CharField(_("reason for the correction"), max_length=300, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment of an exercise")
        verbose_name_plural = _("assessments of exercises")
        ordering = ["record", "exercise_code", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "exercise_code", "number"],
                condition=Q(corrects=None),
                name="assessments_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["record", "exercise_code"], condition=~Q(state="final"), name="one_assessment_under_way"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("assessed_by")), name="nobody_confirms_own_scores"
            ),
            models.CheckConstraint(
                condition=Q(state="final", passed__isnull=False, score_percent__isnull=False, final_at__isnull=False)
                | Q(state="waiting", passed=None, score_percent=None, final_at=None, scored_at__isnull=False)
                | Q(state="open", passed=None, score_percent=None, final_at=None, confirmed_by=None),
                name="final_assessment_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_code} · {self.number}"


class AssessedStep(models.Model):
    """What was seen in one step. `number` is its place in the frozen exercise, from 1."""

    assessment = models.ForeignKey(ExerciseAssessment, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("step"))
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    photo = models.CharField(_("photo"), max_length=120, blank=True, help_text=_("Its place in the private folder."))
    marked_at = models.DateTimeField(_("marked"))

    class Meta:
        verbose_name = _("scored step")
        verbose_name_plural = _("scored steps")
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="one_mark_per_step"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__lte=MOST_POINTS), name="step_has_two_points_at_most"
            ),
        ]


class SavedSteps(models.Model):
    """A saving that the sheet named by a key of its own, so that it counts once, however often it is sent."""

    assessment = models.ForeignKey(ExerciseAssessment, on_delete=models.CASCADE, related_name="savings")
    key = models.UUIDField(_("key"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved steps")
        verbose_name_plural = _("saved steps")
        constraints = [models.UniqueConstraint(fields=["assessment", "key"], name="steps_are_saved_once")]
