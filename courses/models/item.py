"""An item: one question of the bank, in both languages, with revisions."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin, RevisionMixin
from wagtail.search import index

from ..blocks import OptionStream
from ..panels import ParityPanel, pair_panel
from .drafts import FollowedDrafts


class Item(FollowedDrafts, PreviewableMixin, RevisionMixin, index.Indexed, models.Model):
    """A question. What an attempt is marked against is never this row but its frozen revision."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("one right option")
        MULTIPLE = "multiple", _("several right options")
        TRUE_FALSE = "true_false", _("true or false")
        NUMERIC = "numeric", _("a number")

    class Level(models.TextChoices):
        REMEMBER = "remember", _("remember")
        APPLY = "apply", _("apply")
        DECIDE = "decide", _("decide")

    code = models.SlugField(_("code"), unique=True, max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.SINGLE)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.REMEMBER)
    lesson_codes = models.JSONField(_("lessons"), default=list, blank=True)
    stem_en = models.TextField(_("question in English"))
    stem_es = models.TextField(_("question in Spanish"))
    options = StreamField(OptionStream(required=False), blank=True, verbose_name=_("options"))
    number_answer = models.DecimalField(_("right number"), max_digits=14, decimal_places=4, null=True, blank=True)
    number_tolerance = models.DecimalField(_("tolerance"), max_digits=14, decimal_places=4, default=0)
    rationale_en = models.TextField(_("rationale in English"), blank=True)
    rationale_es = models.TextField(_("rationale in Spanish"), blank=True)

    panels = [
        ParityPanel(),
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind"), FieldPanel("level")]),
        pair_panel("stem", _("Question")),
        FieldPanel("options"),
        FieldRowPanel([FieldPanel("number_answer"), FieldPanel("number_tolerance")]),
        pair_panel("rationale", _("Rationale")),
    ]
    search_fields = [index.SearchField("stem_en"), index.SearchField("stem_es"), index.FilterField("code")]

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["code"]

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "courses/item_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        item_context = import_string("courses.preview.item_context")
        return {**super().get_preview_context(request, mode_name), **item_context(self)}

    def __str__(self) -> str:
        return self.code
