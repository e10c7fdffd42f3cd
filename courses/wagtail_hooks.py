"""What the administration shows of courses beside their pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from people.audit_admin import watch_removals
from people.own_side import keep_to_own_side

from . import question_hooks  # noqa: F401 (registers hooks)
from .access import qualifications_administered_by
from .content_checker import use_house_checker
from .exceptions import CourseError, UsedByAnEdition
from .models import (
    ExercisePage,
    GlossaryTerm,
    Goal,
    InstructorQualification,
    Instrument,
    Item,
    ItemCategory,
    ItemScenario,
)
from .models.frozen import is_frozen
from .qualification_admin import QualificationViewSet
from .usage import require_unnamed, require_unused, usage_of
from .viewsets import CoursesGroup

watch_removals(GlossaryTerm, Goal, Instrument, Item, ItemCategory, ItemScenario)
keep_to_own_side(InstructorQualification, qualifications_administered_by)
register_snippet(CoursesGroup)
register_snippet(QualificationViewSet)


ASSESSMENT_ACTIONS = (
    ("started", _("Score an exercise"), _("Scoring of an exercise begun")),
    ("handed_in", _("Score an exercise"), _("Scores of an exercise handed in")),
    ("final", _("Score an exercise"), _("Result of an exercise final")),
    ("returned", _("Confirm scores"), _("Scores of an exercise given back")),
    ("discarded", _("Score an exercise"), _("Scores of an exercise discarded")),
    ("correction_begun", _("Correct a result"), _("Correction of a result begun")),
)


@hooks.register("register_log_actions")
def course_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action(
        "courses.accommodation.granted", _("Grant an accommodation"), _("More time or breaks granted")
    )
    actions.register_action(
        "courses.accommodation.withdrawn", _("Withdraw an accommodation"), _("More time or breaks withdrawn")
    )
    actions.register_action("courses.qualification.granted", _("Qualify an instructor"), _("Instructor qualified"))
    actions.register_action(
        "courses.qualification.dated", _("Date a qualification"), _("Last day of a qualification set")
    )
    for what, label, message in ASSESSMENT_ACTIONS:
        actions.register_action(f"courses.assessment.{what}", label, message)
    actions.register_action("courses.pair.confirmed", _("Confirm a text"), _("Text confirmed as still standing"))
    actions.register_action("courses.source.reviewed", _("Review a source"), _("Source reviewed"))
    actions.register_action("courses.renderings.exported", _("Export open pairs"), _("Open pairs exported"))
    actions.register_action("courses.renderings.imported", _("Import renderings"), _("Renderings imported"))


@hooks.register("construct_wagtail_userbar")
def checks_of_the_house(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    use_house_checker(items)


@hooks.register("before_delete_page")
def keep_page_of_an_edition(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Said before anything is asked; what stands below the page is deleted with it, so it counts as well."""
    return _refusal(request, page.get_descendants(inclusive=True).specific(), "wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_snippet")
def keep_item_in_use(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    return _refusal(
        request, [each for each in instances if isinstance(each, Item)], "wagtailsnippets_courses_item:list"
    )


@hooks.register("before_bulk_action")
def keep_all_of_an_edition(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    if action_type != "delete":
        return None
    pages = [p.specific for each in objects if isinstance(each, Page) for p in each.get_descendants(inclusive=True)]
    things = [*pages, *(each for each in objects if isinstance(each, Item))]
    return _refusal(request, things, "wagtailadmin_home")


def _refusal(request: HttpRequest, things: Iterable[Any], back: str, *arguments: Any) -> HttpResponse | None:
    things = list(things)
    items = [each for each in things if isinstance(each, Item)]
    try:
        usage = usage_of(items)
        for item in items:
            require_unused(item, usage[item.pk])
        for each in things:
            if isinstance(each, ExercisePage):
                require_unnamed(each)
            if is_frozen(code := getattr(each, "code", "")):
                raise UsedByAnEdition(code=code)
    except CourseError as refusal:
        messages.error(request, str(refusal))
        return redirect(back, *arguments)
    return None
