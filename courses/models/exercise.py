"""A practical exercise: what an officer does before an instructor, as a list of steps that can be seen or heard."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from ..blocks import StepStream
from ..checklist import DEFAULTS
from ..panels import pair_panel
from .pages import BilingualPage, CoursePage


class ExercisePage(BilingualPage):
    """A skills checklist. It stands in the catalog, because several courses may name the same one."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    materials_en = models.TextField(_("materials in English"))
    materials_es = models.TextField(_("materials in Spanish"))
    safety_en = models.TextField(_("safety remarks in English"), blank=True)
    safety_es = models.TextField(_("safety remarks in Spanish"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30, validators=[MinValueValidator(1)])
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    confirmed = models.BooleanField(
        _("a second instructor confirms the result"), default=False, help_text=_("The sheet has a line for both.")
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=DEFAULTS["attempts_allowed"], validators=[MinValueValidator(1)]
    )
    wait_hours = models.PositiveSmallIntegerField(
        _("hours between two attempts"), default=DEFAULTS["wait_hours"], validators=[MaxValueValidator(720)]
    )
    steps = StreamField(StepStream(), blank=True, verbose_name=_("steps"))

    content_panels = [
        *BilingualPage.title_panels,
        FieldPanel("code"),
        pair_panel("materials", _("Place, people and materials")),
        pair_panel("safety", _("Safety remarks")),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("pass_percent")]),
        FieldPanel("confirmed"),
        FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("wait_hours")]),
        FieldPanel("steps"),
    ]
    parent_page_types = ["courses.CatalogPage"]
    subpage_types: list[str] = []
    preview_template = "courses/exercise.html"

    class Meta:
        verbose_name = _("practical exercise")
        verbose_name_plural = _("practical exercises")


class CourseExercise(Orderable):
    """A practical exercise of a course."""

    course = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="course_exercises")
    exercise = models.ForeignKey(
        ExercisePage, on_delete=models.PROTECT, related_name="+", verbose_name=_("practical exercise")
    )

    required = models.BooleanField(
        _("counts towards completion"),
        default=False,
        help_text=_("Then the course is completed only when the officer has passed it. Otherwise it is practice."),
    )

    panels = [FieldPanel("exercise"), FieldPanel("required")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["course", "exercise"], name="course_names_exercise_once")]
