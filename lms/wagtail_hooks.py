"""Wagtail's administration in the look of the house, with the ways to everybody's own work on its first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from courses.models import CatalogPage
from curricula.models import Curriculum
from people.access import rights_of
from people.roles import Right

from . import wagtail_changes

wagtail_changes.change()


class Ways(Component):
    """What the person may do, one link each."""

    name = "ways"
    template_name = "administration/ways.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"ways": _ways(parent_context["request"])}


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, Ways())


@hooks.register("insert_global_admin_css")
def colors() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("puente/admin.css"))


@hooks.register("insert_global_admin_js")
def starts_widgets() -> SafeString:
    return format_html('<script src="{}"></script>', static("puente/js/administration.js"))


@hooks.register("insert_global_admin_css")
def look_of_pairs() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("courses/parity.css"))


@hooks.register("insert_editor_js")
def script_of_pairs() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("courses/parity.js"))


@hooks.register("insert_editor_js")
def script_of_items() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("courses/item_kinds.js"))


@hooks.register("construct_help_menu")
def no_advertisement(request: HttpRequest, items: list[Any]) -> None:
    """Only help that belongs to Puente."""
    items.clear()


def _ways(request: HttpRequest) -> list[dict[str, str]]:
    rights = rights_of(request.user)
    catalog = CatalogPage.objects.values_list("pk", flat=True).first() or Page.get_first_root_node().pk
    ways = (
        (Right.AUTHOR, reverse("wagtailadmin_explore", args=[catalog]), _("Courses"),
         _("Lessons and quizzes, both languages side by side")),
        (Right.AUTHOR, reverse("wagtailsnippets_courses_item:list"), _("Items"), _("The questions of all quizzes")),
        (Right.APPROVE, reverse("curricula:approvals"), _("Approvals"), _("Candidates that wait for your decision")),
        (Right.READ_CURRICULA, reverse("curricula:editions"), _("Editions"), _("What is approved and published")),
        *_boards(),
        (Right.MANAGE_COHORTS, reverse("curricula:cohorts"), _("Cohort boards"), _("Rosters, progress, exports")),
        (Right.INVITE, reverse("people:invitations"), _("Invitations"), _("Who was invited, and who has accepted")),
        (Right.READ_LETTERS, reverse("people:letters"), _("E-mail sent"),
         _("Which e-mail went to whom, and what each kind says")),
        (Right.READ_REPORTS, reverse("reports:reports"), _("Reports"), _("For the Executive Steering Committee")),
        (Right.ADMINISTER, reverse("wagtailusers_users:index"), _("People"),
         _("Who belongs to your agencies and offices, and whose account is in use")),
        (Right.ADMINISTER, reverse("wagtailsnippets_people_rolegrant:list"), _("Roles"),
         _("Who may do what, from when until when")),
        (Right.READ_AUDIT, reverse("people:record"), _("Audit record"), _("Who did what, when")),
        (Right.ADMINISTER, reverse("privacy:find"), _("Erase a person"), _("On request, or when the purpose is over")),
    )  # fmt: skip
    return [{"address": a, "name": name, "about": about} for right, a, name, about in ways if right in rights]


def _boards() -> list[tuple[Right, str, str, str]]:
    name, about = _("Parity board: %(curriculum)s"), _("Which texts are missing or stale in one language")
    codes = Curriculum.objects.values_list("code", flat=True)
    return [
        (Right.AUTHOR, reverse("curricula:parity", args=[code]), name % {"curriculum": code}, about) for code in codes
    ]
