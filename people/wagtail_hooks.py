"""What the administration shows of people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Agency, Office, Participant, RoleGrant
from .services.roles import match_groups


@hooks.register("register_log_actions")
def people_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action("people.role.granted", _("Grant a role"), _("Role granted"))
    actions.register_action("people.role.ended", _("End a role"), _("Role ended"))


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def grants_take_effect(request: HttpRequest, instance: Any) -> None:
    """A role given or dated here changes what the person may do in the administration at once."""
    if isinstance(instance, RoleGrant):
        match_groups()


class ParticipantViewSet(SnippetViewSet):
    model = Participant
    icon = "globe"
    list_display = ["code", "name_en", "name_es", "valid_from", "valid_until"]


class AgencyViewSet(SnippetViewSet):
    model = Agency
    icon = "home"
    list_display = ["code", "name_en", "participant", "valid_from", "valid_until"]


class OfficeViewSet(SnippetViewSet):
    model = Office
    icon = "site"
    list_display = ["name_en", "agency", "valid_from", "valid_until"]
    list_filter = ["agency"]


class RoleGrantViewSet(SnippetViewSet):
    model = RoleGrant
    icon = "key"
    list_display = ["user", "role", "participant", "from_on", "until_on"]
    list_filter = ["role", "participant"]


class PeopleGroup(SnippetViewSetGroup):
    menu_label = _("People and agencies")
    menu_icon = "group"
    menu_order = 220
    items = (ParticipantViewSet, AgencyViewSet, OfficeViewSet, RoleGrantViewSet)


register_snippet(PeopleGroup)
