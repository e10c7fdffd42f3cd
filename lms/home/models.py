"""The first page, in both languages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from curricula.models import CurriculumEdition


class HomePage(Page):
    """What a visitor reads first."""

    headline_en = models.CharField(_("headline in English"), max_length=160)
    headline_es = models.CharField(_("headline in Spanish"), max_length=160)
    lead_en = models.TextField(_("lead in English"))
    lead_es = models.TextField(_("lead in Spanish"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("headline_en"), FieldPanel("headline_es")], heading=_("Headline")),
        MultiFieldPanel([FieldPanel("lead_en"), FieldPanel("lead_es")], heading=_("Lead")),
    ]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("first page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`editions`: the published ones, each with `courses_total` and `hours_total`, counted now. One query."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["editions"] = (
            CurriculumEdition.objects.filter(state=CurriculumEdition.State.PUBLISHED)
            .select_related("curriculum")
            .annotate(courses_total=Count("frozen_courses"), hours_total=Sum("frozen_courses__hours"))
            .order_by("curriculum__code")
        )
        return context
