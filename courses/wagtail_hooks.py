"""What the administration shows of courses beside their pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from people.audit_admin import watch_removals

from .models import GlossaryTerm, Goal, Instrument, Item

watch_removals(GlossaryTerm, Goal, Instrument, Item)


class ItemViewSet(SnippetViewSet):
    model = Item
    icon = "help"
    list_display = ["code", "stem_en", "kind", "level"]
    list_filter = ["kind", "level"]
    search_fields = ["code", "stem_en", "stem_es"]


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
    items = (ItemViewSet, GlossaryViewSet, InstrumentViewSet, GoalViewSet)


register_snippet(CoursesGroup)


@hooks.register("register_log_actions")
def course_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action("courses.pair.confirmed", _("Confirm a text"), _("Text confirmed as still standing"))
    actions.register_action("courses.renderings.exported", _("Export open pairs"), _("Open pairs exported"))
    actions.register_action("courses.renderings.imported", _("Import renderings"), _("Renderings imported"))
