"""The way to import and export in the administration, and how the record names it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from people.access import may
from people.roles import Right


class AuthorMenuItem(MenuItem):
    """A menu entry for those who write items."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Right.AUTHOR)


@hooks.register("register_admin_menu_item")
def questions_menu_item() -> MenuItem:
    return AuthorMenuItem(_("Import questions"), reverse("question_import"), icon_name="upload", order=205)


@hooks.register("register_log_actions")
def question_actions(actions: LogActionRegistry) -> None:
    actions.register_action("courses.items.imported", _("Import questions"), _("Questions imported"))
    actions.register_action("courses.items.exported", _("Export questions"), _("Questions exported"))
