"""The instruments of cooperation and their goals, to which courses are mapped."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from people.bilingual import pick


class Instrument(models.Model):
    """A dated text of both governments, such as the Declaration of Principles of 2009."""

    code = models.SlugField(_("code"), unique=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_es = models.CharField(_("name in Spanish"), max_length=200)
    signed_on = models.DateField(_("signed on"))

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["signed_on"]

    def __str__(self) -> str:
        return pick(self, "name")


class Goal(models.Model):
    """One goal of an instrument."""

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="goals", verbose_name=_("instrument")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name_en = models.CharField(_("name in English"), max_length=200)
    name_es = models.CharField(_("name in Spanish"), max_length=200)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["instrument", "number"]
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="one_goal_per_number")]

    @property
    def code(self) -> str:
        return f"G{self.number}"

    def __str__(self) -> str:
        return f"{self.code} · {pick(self, 'name')}"


class CourseGoal(models.Model):
    """A goal that a course serves; exactly one of them is the primary."""

    course = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="course_goals")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+", verbose_name=_("goal"))
    primary = models.BooleanField(_("primary goal"), default=False)

    class Meta:
        verbose_name = _("goal of the course")
        verbose_name_plural = _("goals of the course")
        ordering = ["-primary", "goal"]
        constraints = [models.UniqueConstraint(fields=["course", "goal"], name="course_names_goal_once")]
