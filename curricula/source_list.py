"""The list of sources in the administration: which lesson rests on what, and what is to be looked at again."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from courses.models import CoursePage, LessonSource
from courses.selectors import address_in_editor
from courses.sources import KINDS, SIDES
from people.access import may
from people.roles import Right

from .access import may_see_sources
from .models import Curriculum


class SourceFilters(WagtailFilterSet):  # type: ignore[misc]
    """By curriculum, by how urgent, by whose text it is, by kind. The choices stand in the address."""

    curriculum = django_filters.ModelChoiceFilter(
        label=_("Curriculum"), queryset=lambda _request: Curriculum.objects.all(), method="of_curriculum"
    )
    due = django_filters.ChoiceFilter(
        label=_("Review"), choices=[("overdue", _("overdue")), ("soon", _("within 60 days"))], method="as_due"
    )
    side = django_filters.ChoiceFilter(label=_("Whose text"), choices=list(SIDES.items()))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=list(KINDS.items()))

    class Meta:
        model = LessonSource
        fields: list[str] = []

    def of_curriculum(self, sources: QuerySet[LessonSource], _name: str, chosen: Curriculum) -> QuerySet[LessonSource]:
        paths = CoursePage.objects.filter(pk__in=chosen.courses.values("course")).values_list("path", flat=True)
        within = [Q(page__path__startswith=path) for path in paths]
        return sources.filter(reduce(or_, within)) if within else sources.none()

    def as_due(self, sources: Any, _name: str, chosen: str) -> QuerySet[LessonSource]:
        found: QuerySet[LessonSource] = sources.overdue() if chosen == "overdue" else sources.soon()
        return found


class LessonColumn(TitleColumn):  # type: ignore[misc]
    """The lesson, with the way to the source in its editor for those who write."""

    def get_link_url(self, instance: LessonSource, parent_context: Any) -> str | None:
        if not may(parent_context["request"].user, Right.AUTHOR):
            return None
        return address_in_editor(instance)


def _review(source: LessonSource) -> str:
    return reverse("curricula:source_review", args=[source.pk])


def _citation(source: LessonSource) -> str:
    return truncatechars(source.name, 110)


def _due_on(source: LessonSource) -> str:
    return date_format(source.due_on) if source.due_on else "–"


class SourceList(ReportView):  # type: ignore[misc]
    """One line a source of a lesson, the longest overdue first. Six queries, however many lines."""

    model = LessonSource
    page_title = _("Sources of lessons")
    header_icon = "doc-full"
    index_url_name = "source_list"
    index_results_url_name = "source_list_results"
    filterset_class = SourceFilters
    is_searchable = True
    search_fields = ["tag", "reference", "name_en", "name_es"]
    default_ordering = "due_on"
    columns = [
        TitleColumn("tag", label=_("Source"), get_url=_review),
        Column("citation", label=_("Citation"), accessor=_citation),
        LessonColumn("lesson", label=_("Lesson"), accessor="page.code"),
        Column("course", label=_("Course"), accessor="course"),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("side", label=_("Whose text"), accessor="get_side_display"),
        Column("owner", label=_("Owner"), accessor="owner"),
        Column("due_on", label=_("Review by"), accessor=_due_on, sort_key="due_on"),
        Column("days", label=_("Days overdue"), accessor="days_overdue"),
    ]
    list_export = [
        "page.code", "course", "tag", "reference", "name_en", "name_es", "get_kind_display", "get_side_display",
        "year", "url", "owner", "consulted_on", "due_on", "days_overdue",
    ]  # fmt: skip
    export_headings = {
        "page.code": _("Lesson"),
        "course": _("Course"),
        "tag": _("Tag"),
        "reference": _("Citation"),
        "name_en": _("What it is, in English"),
        "name_es": _("What it is, in Spanish"),
        "get_kind_display": _("Kind"),
        "get_side_display": _("Whose text"),
        "year": _("Edition (year)"),
        "url": _("Address"),
        "owner": _("Owner"),
        "consulted_on": _("Consulted on"),
        "due_on": _("Review by"),
        "days_overdue": _("Days overdue"),
    }
    export_filename = "sources"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_sources(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_base_queryset(self) -> QuerySet[LessonSource]:
        return LessonSource.objects.select_related("page__owner", "page__latest_revision__user").defer(
            "page__body", "page__latest_revision__content"
        )

    def get_queryset(self) -> QuerySet[LessonSource]:
        found: QuerySet[LessonSource] = self.search_queryset(self.order_queryset(self.get_base_queryset()))
        return found

    def order_queryset(self, queryset: Any) -> QuerySet[LessonSource]:
        """What has no day comes last."""
        latest_first = self.ordering == "-due_on"
        day = F("due_on").desc(nulls_last=True) if latest_first else F("due_on").asc(nulls_last=True)
        found: QuerySet[LessonSource] = queryset.order_by(day, "page__path", "position")
        return found

    def decorate_paginated_queryset(self, object_list: Any) -> list[LessonSource]:
        """Each with its `course` and its `owner`."""
        sources = list(object_list)
        above = {source.page.path[: -source.page.steplen] for source in sources}
        courses = dict(CoursePage.objects.filter(path__in=above).values_list("path", "code"))
        for source in sources:
            page = source.page
            owner = page.owner or (page.latest_revision.user if page.latest_revision else None)
            source.course = courses.get(page.path[: -page.steplen], "")  # type: ignore[attr-defined]
            source.owner = owner.full_name if owner else ""  # type: ignore[attr-defined]
        return sources
