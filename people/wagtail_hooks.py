"""What the administration shows of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .access import (
    agencies_administered_by,
    grants_administered_by,
    may,
    offices_administered_by,
    participants_visible_to,
    people_administered_by,
    retention_rules_administered_by,
)
from .audit_actions import say_codes
from .audit_admin import watch
from .letters import letter_kinds
from .models import Agency, Office, Participant, RetentionRule, RoleGrant, User
from .own_side import OwnSideDelete, OwnSideViewSet, keep_to_own_side, own_panels
from .retaining import choices as retention_choices
from .retention_admin import RetentionRuleViewSet
from .roles import Right
from .viewsets import RoleGrantViewSet, closed_actions

keep_to_own_side(User, people_administered_by)
keep_to_own_side(Participant, participants_visible_to)
keep_to_own_side(Agency, agencies_administered_by)
keep_to_own_side(Office, offices_administered_by)
keep_to_own_side(RoleGrant, grants_administered_by)
keep_to_own_side(RetentionRule, retention_rules_administered_by)
say_codes("people.letter.", "kind", lambda: {kind.name: kind.title for kind in letter_kinds()})
say_codes("people.retention.", "kind", lambda: dict(retention_choices()))
watch(Participant, Agency, Office, RetentionRule)  # people and roles go through services, which record

AFTER_WAGTAIL = 100
for action in (OwnSideDelete, *closed_actions):
    hooks.register("register_bulk_action", action, order=AFTER_WAGTAIL)


@hooks.register("register_log_actions")
def people_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action("people.role.granted", _("Grant a role"), _("Role granted"))
    actions.register_action("people.role.dated", _("Date a role"), _("Last day of a role set"))
    actions.register_action("people.role.ended", _("End a role"), _("Role ended"))
    actions.register_action("people.person.added", _("Add a person"), _("Person added"))
    actions.register_action("people.person.changed", _("Change a person"), _("Person changed"))
    actions.register_action("people.session.opened", _("Sign in"), _("Signed in"))
    actions.register_action("people.session.closed", _("Sign out"), _("Signed out"))
    actions.register_action("people.session.proved", _("Sign in"), _("Shown again who it is"))
    actions.register_action("people.sessions.ended", _("End somebody’s sessions"), _("All sessions ended"))
    actions.register_action("people.second_factor.refused", _("Sign in"), _("Second factor refused"))
    actions.register_action("people.code.refused", _("Sign in"), _("Code by e-mail refused"))
    actions.register_action("people.session.refused", _("Sign in"), _("Sign-in refused"))
    actions.register_action("people.password.changed", _("Change a password"), _("Password changed"))
    actions.register_action("people.password.reset", _("Change a password"), _("Password set anew by e-mail"))
    actions.register_action("people.second_factor.added", _("Change a second factor"), _("Second factor added"))
    actions.register_action("people.second_factor.removed", _("Change a second factor"), _("Second factor removed"))
    actions.register_action("people.second_factor.renewed", _("Change a second factor"), _("Recovery codes renewed"))
    actions.register_action("people.record.exported", _("Export the record"), _("Record exported"))
    actions.register_action("people.invitation.sent", _("Invite a person"), _("Person invited"))
    actions.register_action("people.invitation.ended", _("End an invitation"), _("Invitation ended"))
    actions.register_action("people.invitation.accepted", _("Accept an invitation"), _("Invitation accepted"))
    actions.register_action("people.letter.sent_again", _("Send an e-mail again"), _("E-mail sent again"))
    actions.register_action("people.data.taken", _("Take one’s own data"), _("Own data taken"))
    actions.register_action("people.person.erased", _("Erase a person"), _("Person erased"))
    actions.register_action("people.retention.applied", _("Apply a retention rule"), _("Retention rule applied"))
    actions.register_action("people.language.chosen", _("Choose a language"), _("Language chosen"))
    actions.register_action("people.identity.linked", _("Link an identity"), _("Identity linked"))
    actions.register_action("people.identity.unlinked", _("Unlink an identity"), _("Identity unlinked"))


def _name_and_days() -> tuple[MultiFieldPanel, FieldRowPanel]:
    return (
        MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_es")], heading=_("Name")),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
    )


class ParticipantViewSet(OwnSideViewSet):
    model = Participant
    icon = "globe"
    list_display = ["code", "name_en", "name_es", "valid_from", "valid_until"]


class AgencyViewSet(OwnSideViewSet):
    model = Agency
    icon = "home"
    list_display = ["code", "name_en", "participant", "valid_from", "valid_until"]
    edit_handler = own_panels(FieldPanel("participant", widget=forms.Select), FieldPanel("code"), *_name_and_days())
    search_fields = ["code", "name_en", "name_es"]


class OfficeViewSet(OwnSideViewSet):
    model = Office
    icon = "site"
    list_display = ["name_en", "agency", "valid_from", "valid_until"]
    edit_handler = own_panels(
        FieldPanel("agency", widget=forms.Select), FieldPanel("code"), *_name_and_days(), FieldPanel("time_zone")
    )
    search_fields = ["code", "name_en", "name_es"]


class PeopleGroup(SnippetViewSetGroup):
    menu_label = _("People and agencies")
    menu_icon = "group"
    menu_order = 220
    items = (ParticipantViewSet, AgencyViewSet, OfficeViewSet, RoleGrantViewSet, RetentionRuleViewSet)


register_snippet(PeopleGroup)


class RecordMenuItem(MenuItem):
    """The entry for those who read the record."""

    def is_shown(self, request: Any) -> bool:
        return may(request.user, Right.READ_AUDIT)


@hooks.register("register_admin_menu_item")
def record_menu_item() -> MenuItem:
    return RecordMenuItem(_("Audit record"), reverse("people:record"), icon_name="history", order=240)
