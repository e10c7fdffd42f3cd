"""The bank of items, the glossary and the goals in the administration."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from .models import GlossaryTerm, Goal, Instrument, Item, ItemCategory, ItemScenario
from .usage import usage_of


def _outcomes() -> list[tuple[str, str]]:
    found = Item.objects.exclude(outcome="").order_by("outcome").values_list("outcome", flat=True).distinct()
    return [(outcome, outcome) for outcome in found]


def _tags(_request: Any) -> QuerySet[Tag]:
    tags: QuerySet[Tag] = Tag.objects.filter(courses_itemtag_items__isnull=False).distinct().order_by("name")
    return tags


class ItemFilters(WagtailFilterSet):  # type: ignore[misc]
    """By kind, level, difficulty, category with those within it, outcome, tag."""

    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=lambda _request: ItemCategory.objects.all(), method="within"
    )
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=_outcomes)
    tag = django_filters.ModelChoiceFilter(label=_("Tag"), field_name="tags", queryset=_tags)

    class Meta:
        model = Item
        fields = ["kind", "level", "difficulty", "scenario", "locked"]

    def within(self, items: QuerySet[Item], _name: str, category: ItemCategory) -> QuerySet[Item]:
        return items.filter(Q(category=category) | Q(category__parent=category) | Q(category__parent__parent=category))


class ItemList(IndexView):  # type: ignore[misc]
    """The bank: each item with where it is used."""

    def get_base_queryset(self) -> QuerySet[Item]:
        items: QuerySet[Item] = super().get_base_queryset().select_related("category")
        return items

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """The items of the page, each with its `usage`."""
        paginator, page, _items, has_others = super().paginate_queryset(queryset, page_size)
        items = list(page.object_list)
        found = usage_of(items)
        for item in items:
            item.usage = found[item.pk]
        page.object_list = items
        return paginator, page, items, has_others


class ItemViewSet(SnippetViewSet):
    model = Item
    icon = "help"
    index_view_class = ItemList
    list_per_page = 50
    list_display = [
        "code",
        Column("stem", label=_("Question")),
        "kind",
        Column("category", label=_("Category"), accessor="category", sort_key="category__code"),
        "difficulty",
        "outcome",
        Column("usage", label=_("Used in")),
    ]
    filterset_class = ItemFilters
    search_fields = ["code", "stem_en", "stem_es"]
    search_backend_name = None


class ItemsColumn(TitleColumn):  # type: ignore[misc]
    """How many items of the bank stand on a shelf or share a scenario, with the way to them."""

    def __init__(self, filter_name: str) -> None:
        super().__init__("items_count", label=_("Items"), accessor="items_count", sort_key="items_count")
        self.filter_name = filter_name

    def get_link_url(self, instance: Any, parent_context: Any) -> str:
        return f"{reverse('wagtailsnippets_courses_item:list')}?{self.filter_name}={instance.pk}"


def with_items(rows: Any, name: str) -> Any:
    """The rows, each with `items_count`: the items whose field `name` leads to it."""
    of_row = Item.objects.filter(**{name: OuterRef("pk")}).order_by().values(name)
    return rows.annotate(items_count=Coalesce(Subquery(of_row.annotate(count=Count("pk")).values("count")), 0))


class CategoryViewSet(SnippetViewSet):
    model = ItemCategory
    icon = "folder-open-inverse"
    list_display = [
        "code",
        "name_en",
        "name_es",
        Column("parent", label=_("Part of"), accessor="parent"),
        ItemsColumn("category"),
    ]
    search_fields = ["code", "name_en", "name_es"]

    def get_queryset(self, request: Any) -> QuerySet[ItemCategory]:
        shelves: QuerySet[ItemCategory] = with_items(ItemCategory.objects.select_related("parent"), "category")
        return shelves


class ScenarioViewSet(SnippetViewSet):
    model = ItemScenario
    icon = "doc-full-inverse"
    list_display = ["code", "title_en", "title_es", ItemsColumn("scenario")]
    search_fields = ["code", "title_en", "title_es"]

    def get_queryset(self, request: Any) -> QuerySet[ItemScenario]:
        scenarios: QuerySet[ItemScenario] = with_items(ItemScenario.objects.all(), "scenario")
        return scenarios


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["en", "es", "domain"]
    list_filter = ["domain"]
    search_fields = ["en", "es"]


class InstrumentViewSet(SnippetViewSet):
    model = Instrument
    icon = "doc-full"
    list_display = ["code", "name_en", "signed_on"]


class GoalViewSet(SnippetViewSet):
    model = Goal
    icon = "success"
    list_display = ["code", "name_en", "name_es", "instrument"]


class CoursesGroup(SnippetViewSetGroup):
    menu_label = _("Items and glossary")
    menu_icon = "help"
    menu_order = 200
    items = (ItemViewSet, CategoryViewSet, ScenarioViewSet, GlossaryViewSet, InstrumentViewSet, GoalViewSet)
