"""What officers think of a course: counted, never kept by person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRecord
from people.models import Participant

from .cohort import Cohort


class EvaluationTally(models.Model):
    """How many officers of a Participant gave a question that value. No answer stands by itself."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+", verbose_name=_("cohort"))
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="+", verbose_name=_("Participant")
    )
    course_code = models.CharField(_("course"), max_length=40)
    question = models.CharField(_("question"), max_length=20)
    value = models.PositiveSmallIntegerField(_("value"))
    count = models.PositiveIntegerField(_("how many"), default=0)

    class Meta:
        verbose_name = _("tally of an evaluation")
        verbose_name_plural = _("tallies of evaluations")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "participant", "course_code", "question", "value"], name="one_tally_per_value"
            )
        ]


class EvaluationGiven(models.Model):
    """That a person has evaluated a course: nothing of what was said, nor when."""

    record = models.OneToOneField(CourseRecord, on_delete=models.CASCADE, related_name="evaluation")

    class Meta:
        verbose_name = _("evaluation given")
        verbose_name_plural = _("evaluations given")
