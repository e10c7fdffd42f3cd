"""A curriculum: the courses that belong together."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from people.bilingual import pick


class WorkingGroup(models.Model):
    """A bilateral working group, which owns curricula on behalf of both Participants."""

    code = models.SlugField(_("code"), unique=True, max_length=20)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_es = models.CharField(_("name in Spanish"), max_length=200)

    panels = [
        FieldPanel("code"),
        MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_es")], heading=_("Name")),
    ]

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["code"]

    @property
    def name(self) -> str:
        return pick(self, "name")

    def __str__(self) -> str:
        return self.name


class Curriculum(ClusterableModel):
    """A shared curriculum, such as the customs officer's. What is followed is one of its editions."""

    code = models.SlugField(_("code"), unique=True, max_length=20)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_es = models.CharField(_("title in Spanish"), max_length=200)
    description_en = models.TextField(_("description in English"), blank=True)
    description_es = models.TextField(_("description in Spanish"), blank=True)
    owner = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("The working group that answers for the curriculum; the record of decision names it."),
    )

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("owner")]),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("title_es")], heading=_("Title")),
        MultiFieldPanel([FieldPanel("description_en"), FieldPanel("description_es")], heading=_("Description")),
        InlinePanel("courses", heading=_("Courses"), label=_("Course")),
    ]

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")
        ordering = ["code"]

    @property
    def title(self) -> str:
        return pick(self, "title")

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class CurriculumCourse(Orderable):
    """A course of a curriculum, in its place."""

    curriculum = ParentalKey(Curriculum, on_delete=models.CASCADE, related_name="courses")
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="+", verbose_name=_("course")
    )

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["curriculum", "course"], name="curriculum_names_course_once")]
