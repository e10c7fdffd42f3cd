"""The pages: catalog, course, lesson and quiz. Each is one page with both languages in one revision."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from people.bilingual import active, pick

from ..blocks import LessonBody
from ..page_form import BilingualPageForm
from ..panels import MendingPanel, ParityPanel, pair_panel
from ..sources import faults_of_sources
from ..widgets import PairList, SourceList
from .bank import ItemCategory
from .drafts import FollowedDrafts
from .frozen import FrozenCourse
from .guarded import GuardedPage
from .item import Item


class BilingualPage(FollowedDrafts, GuardedPage):
    """A page whose texts lie side by side and which goes live only with an approved edition."""

    title_en = models.CharField(_("title in English"), max_length=200)
    title_es = models.CharField(_("title in Spanish"), max_length=200)

    title_panels = [ParityPanel(), pair_panel("title", _("Title"))]
    search_fields = [*Page.search_fields, index.SearchField("title_es")]

    base_form_class = BilingualPageForm
    preview_template: str

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if title := self.title_en or self.title_es:
            self.title = title
        self.draft_title = self.title
        super().full_clean(*args, **kwargs)

    preview_modes = [("en", "English"), ("es", "Español"), ("both", "English · Español")]

    @property
    def default_preview_mode(self) -> str:
        return active()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """The draft in the language of the mode, or in both, whatever the language of the administration."""
        language = active() if mode_name == "both" else mode_name
        with override(language):
            request.LANGUAGE_CODE = language
            return super().serve_preview(request, mode_name).render()

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "courses/both_preview.html" if mode_name == "both" else self.preview_template

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        name = "both_languages_of" if mode_name == "both" else "context_of"
        context_of = import_string(f"courses.preview.{name}")
        return {**super().get_preview_context(request, mode_name), **context_of(self)}

    def get_admin_display_title(self) -> str:
        return pick(self, "title") or str(super().get_admin_display_title())

    def text(self, field: str, language: str | None = None) -> str:
        """`title`, `description` … in a language, the reader's by default."""
        return pick(self, field, language)


class CatalogPage(Page):
    """The list of courses."""

    title_en = models.CharField(_("title in English"), max_length=200)
    title_es = models.CharField(_("title in Spanish"), max_length=200)
    intro_en = models.TextField(_("introduction in English"), blank=True)
    intro_es = models.TextField(_("introduction in Spanish"), blank=True)

    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("title_es")], heading=_("Title")),
        MultiFieldPanel([FieldPanel("intro_en"), FieldPanel("intro_es")], heading=_("Introduction")),
    ]
    max_count = 1
    subpage_types = ["courses.CoursePage", "courses.ExercisePage"]

    class Meta:
        verbose_name = _("catalog")


class CoursePage(BilingualPage):
    """A course: its outcomes, its hours, the goals it serves; its lessons and its quiz are its children."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    description_en = models.TextField(_("description in English"))
    description_es = models.TextField(_("description in Spanish"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0)])
    mode_en = models.CharField(_("modes in English"), max_length=200, blank=True)
    mode_es = models.CharField(_("modes in Spanish"), max_length=200, blank=True)
    outcomes = models.JSONField(_("outcomes"), default=list, help_text=_("A list of texts, each with en and es."))
    prerequisites = models.JSONField(
        _("prerequisites"), default=list, blank=True, help_text=_("A list of course codes.")
    )
    published = models.ForeignKey(
        FrozenCourse,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published content"),
        help_text=_("What readers without an enrollment see: the frozen course of the edition published last."),
    )

    content_panels = [
        *BilingualPage.title_panels,
        FieldRowPanel([FieldPanel("code"), FieldPanel("hours")]),
        pair_panel("description", _("Description")),
        pair_panel("mode", _("Modes")),
        FieldPanel("outcomes", widget=PairList),
        FieldPanel("prerequisites"),
        InlinePanel("course_goals", heading=_("Goals of the Declaration"), min_num=0),
        InlinePanel(
            "pre_items",
            heading=_("Items of the pre-assessment"),
            label=_("Item"),
            help_text=_(
                "Asked once before the first lesson; they count for nothing. Choose items that stand in no quiz of the "
                "course, on lessons that the final assessment asks about as well."
            ),
        ),
        InlinePanel("course_exercises", heading=_("Practical exercises"), label=_("Practical exercise")),
    ]
    parent_page_types = ["courses.CatalogPage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]
    preview_template = "courses/course.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")


class LessonPage(BilingualPage):
    """A lesson: blocks with both languages side by side, its sources, its minutes."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    outcomes = models.JSONField(_("outcomes served"), default=list, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    body = StreamField(LessonBody(), blank=True, verbose_name=_("text"))

    content_panels = [
        *BilingualPage.title_panels,
        MendingPanel(),
        FieldRowPanel([FieldPanel("code"), FieldPanel("number"), FieldPanel("minutes")]),
        FieldPanel("body"),
        FieldPanel("sources", widget=SourceList),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    preview_template = "courses/lesson.html"

    def clean(self) -> None:
        """Refuse sources that could not be cited or looked up, each with what to mend."""
        super().clean()
        if faults := list(faults_of_sources(self.sources)):
            raise ValidationError({"sources": faults})

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")


class QuizPage(BilingualPage):
    """A quiz: its rules and its items."""

    class Feedback(models.TextChoices):
        IMMEDIATELY = "immediately", _("after each question; an answer that was sent stays")
        AFTER_SUBMISSION = "after_submission", _("after handing in")
        AFTER_CLOSING = "after_closing", _("after the cohort has closed")

    class Counts(models.TextChoices):
        BEST = "best", _("the best attempt")
        LAST = "last", _("the last attempt")

    code = models.CharField(_("code"), max_length=40, unique=True)
    instructions_en = models.TextField(_("instructions in English"), blank=True)
    instructions_es = models.TextField(_("instructions in Spanish"), blank=True)
    items_drawn = models.PositiveSmallIntegerField(
        _("items drawn"), default=10, help_text=_("How many items each attempt draws from those below.")
    )
    items_per_page = models.PositiveSmallIntegerField(
        _("items on a page"), default=1, help_text=_("0 shows all on one page.")
    )
    time_limit_minutes = models.PositiveSmallIntegerField(_("time limit in minutes"), null=True, blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=3, validators=[MinValueValidator(1)]
    )
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    wait_hours = models.PositiveSmallIntegerField(
        _("hours between two attempts"), default=0, validators=[MaxValueValidator(24 * 14)]
    )
    feedback = models.CharField(
        _("when each question is explained"),
        max_length=20,
        choices=Feedback.choices,
        default=Feedback.AFTER_SUBMISSION,
    )
    counts = models.CharField(
        _("which result counts"),
        max_length=10,
        choices=Counts.choices,
        default=Counts.BEST,
        help_text=_("Whoever has passed once has passed, whatever counts."),
    )

    content_panels = [
        *BilingualPage.title_panels,
        FieldPanel("code"),
        pair_panel("instructions", _("Instructions")),
        FieldRowPanel([FieldPanel("items_drawn"), FieldPanel("items_per_page"), FieldPanel("time_limit_minutes")]),
        FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("wait_hours"), FieldPanel("pass_percent")]),
        FieldRowPanel([FieldPanel("feedback"), FieldPanel("counts")]),
        InlinePanel(
            "quiz_draws",
            heading=_("Blueprint"),
            label=_("Row"),
            help_text=_(
                "Each row draws so many of the items below. "
                "What is still missing to the number of items drawn comes from the rest."
            ),
        ),
        InlinePanel("quiz_items", heading=_("Items"), label=_("Item")),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    preview_template = "courses/quiz_preview.html"

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")


class QuizItem(Orderable):
    """An item of a quiz."""

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="quiz_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))

    panels = [FieldPanel("item")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["quiz", "item"], name="quiz_names_item_once")]


class QuizDraw(Orderable):
    """A row of a quiz's blueprint: so many items that serve this outcome, are so difficult, lie in this category."""

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="quiz_draws")
    outcome = models.CharField(_("outcome of the course"), max_length=4, blank=True, help_text=_("Such as O2."))
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Item.Difficulty.choices, blank=True)
    category = models.ForeignKey(
        ItemCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    count = models.PositiveSmallIntegerField(_("how many"), default=1, validators=[MinValueValidator(1)])

    panels = [
        FieldRowPanel([FieldPanel("outcome"), FieldPanel("difficulty"), FieldPanel("category"), FieldPanel("count")])
    ]
