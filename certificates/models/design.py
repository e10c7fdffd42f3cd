"""How certificates of a curriculum look, and the competences that its courses serve: both are frozen at issue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from curricula.models import Curriculum
from people.bilingual import pick


def _sentence(label: Any) -> models.CharField[Any, Any]:
    return models.CharField(label, max_length=100, blank=True)


def _in_both_languages(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}_en": "", f"{field}_es": ""}) | (~Q(**{f"{field}_en": ""}) & ~Q(**{f"{field}_es": ""})),
        name=f"design_{field}_in_both_languages",
    )


class CertificateDesign(models.Model):
    """What was chosen for one curriculum. Without a row, or where a sentence is empty, the standard one is taken.

    It is read when a certificate is issued; what is issued already keeps its look.
    """

    class Code(models.TextChoices):
        SPAN = "span", pgettext_lazy("design", "Span")
        ARCADE = "arcade", pgettext_lazy("design", "Arcade")
        RIVER = "river", pgettext_lazy("design", "River")

    class Paper(models.TextChoices):
        LETTER = "letter", pgettext_lazy("paper", "Letter")
        A4 = "a4", "A4"

    curriculum = models.OneToOneField(
        Curriculum, on_delete=models.PROTECT, related_name="certificate_design", verbose_name=_("curriculum")
    )
    code = models.CharField(_("design"), max_length=20, choices=Code.choices, default=Code.SPAN)
    paper = models.CharField(_("paper"), max_length=10, choices=Paper.choices, default=Paper.LETTER)
    opening_en = _sentence(_("opening in English"))
    opening_es = _sentence(_("opening in Spanish"))
    statement_en = _sentence(_("statement in English"))
    statement_es = _sentence(_("statement in Spanish"))
    closing_en = _sentence(_("closing in English"))
    closing_es = _sentence(_("closing in Spanish"))

    class Meta:
        verbose_name = _("design of certificates")
        verbose_name_plural = _("designs of certificates")
        ordering = ["curriculum"]
        constraints = [_in_both_languages(field) for field in ("opening", "statement", "closing")]

    def __str__(self) -> str:
        return f"{self.curriculum.code} · {self.get_code_display()}"


class Framework(models.Model):
    """A framework of competences that others publish, such as a standard of a profession."""

    code = models.SlugField(_("code"), unique=True, max_length=40)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_es = models.CharField(_("name in Spanish"), max_length=200)
    address = models.URLField(
        _("address"), blank=True, max_length=300, help_text=_("Where it is published, if on the web.")
    )

    panels = [
        FieldPanel("code"),
        MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_es")], heading=_("Name")),
        FieldPanel("address"),
    ]

    class Meta:
        verbose_name = _("framework of competences")
        verbose_name_plural = _("frameworks of competences")
        ordering = ["code"]

    @property
    def name(self) -> str:
        return pick(self, "name")

    def __str__(self) -> str:
        return self.name


class Competence(ClusterableModel):
    """One entry of a framework, and the courses that serve it."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+", verbose_name=_("framework"))
    code = models.SlugField(_("code"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_es = models.CharField(_("name in Spanish"), max_length=200)
    address = models.URLField(
        _("address"), blank=True, max_length=300, help_text=_("Where it is described, if on the web.")
    )
    courses = ParentalManyToManyField(
        "courses.CoursePage", related_name="+", blank=True, verbose_name=_("courses that serve it")
    )

    panels = [
        FieldRowPanel([FieldPanel("framework", widget=forms.Select), FieldPanel("code")]),
        MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_es")], heading=_("Name")),
        FieldPanel("address"),
        FieldPanel("courses", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["framework", "code"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="one_competence_per_code")]

    @property
    def name(self) -> str:
        return pick(self, "name")

    def __str__(self) -> str:
        return f"{self.framework.code} {self.code} · {self.name}"
