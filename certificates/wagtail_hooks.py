"""What the administration shows of certificates: who signs, and the words for what was done."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from curricula.wagtail_hooks import RightMenuItem
from people.audit_admin import watch
from people.own_side import ChooserOfWhatIsThere, OwnSideViewSet, keep_to_own_side, own_panels
from people.roles import Right

from .access import signatories_administered_by
from .models import Competence, Framework, Signatory, ValidityRule

keep_to_own_side(Signatory, signatories_administered_by)


@hooks.register("register_log_actions")
def certificate_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action("certificates.credential.issued", _("Issue a certificate"), _("Certificate issued"))
    actions.register_action("certificates.credential.revoked", _("Revoke a certificate"), _("Certificate revoked"))
    actions.register_action("certificates.credential.suspended", _("Suspend a certificate"), _("Certificate suspended"))
    actions.register_action(
        "certificates.credential.suspension_lifted", _("Suspend a certificate"), _("Suspension of a certificate lifted")
    )
    actions.register_action(
        "certificates.credential.superseded", _("Issue a certificate"), _("Certificate superseded by a newer one")
    )
    actions.register_action(
        "certificates.credential.reissued", _("Reissue a certificate"), _("Certificate reissued for a new name")
    )
    actions.register_action(
        "certificates.credential.undrawable", _("Report a document"), _("Document could not be drawn")
    )
    actions.register_action(
        "certificates.credential.document_lost", _("Report a document"), _("Document lost; drawn again")
    )
    actions.register_action("certificates.credential.signed", _("Sign a document"), _("Document drawn and signed"))
    actions.register_action(
        "certificates.credential.downloaded", _("Download a certificate"), _("Certificate downloaded")
    )
    actions.register_action(
        "certificates.bundle.made", _("Put certificates together"), _("Certificates put together in one file")
    )
    actions.register_action(
        "certificates.design.chosen", _("Choose a design"), _("Design of certificates chosen for a curriculum")
    )
    actions.register_action("certificates.register.exported", _("Export the register"), _("Register exported"))
    actions.register_action("certificates.badge.downloaded", _("Download a badge"), _("Badge downloaded"))
    actions.register_action(
        "certificates.document.tried_again", _("Report a document"), _("Documents with problems tried again")
    )


watch(Signatory, personal=("name",))
watch(ValidityRule, Framework, Competence)


class SignatoryViewSet(OwnSideViewSet):
    model = Signatory
    icon = "edit"
    menu_label = _("Signatories")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "participant", "post_en", "from_on", "until_on"]
    edit_handler = own_panels(
        FieldPanel("participant", widget=forms.Select),
        FieldPanel("agency", widget=forms.Select),
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("post_en"), FieldPanel("post_es")], heading=_("Post")),
        FieldRowPanel([FieldPanel("from_on"), FieldPanel("until_on")]),
    )


register_snippet(SignatoryViewSet)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return RightMenuItem(
        _("Register of certificates"),
        reverse("certificates:register"),
        icon_name="list-ul",
        order=140,
        right=Right.CERTIFY,
    )


class ValidityRuleViewSet(SnippetViewSet):
    """Rules belong to editions, which both Participants share; what is issued already keeps its days."""

    model = ValidityRule
    icon = "date"
    menu_label = _("Validity of certificates")
    menu_order = 330
    add_to_admin_menu = True
    list_display = ["edition", "kind", "months", "renewal_days"]
    chooser_viewset_class = ChooserOfWhatIsThere
    edit_handler = ObjectList(
        [
            FieldPanel("edition", widget=forms.Select),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("months")]),
            FieldRowPanel([FieldPanel("ends_month"), FieldPanel("ends_day")]),
            FieldPanel("renewal_days"),
            FieldRowPanel([FieldPanel("first_notice_days"), FieldPanel("last_notice_days")]),
        ]
    )


register_snippet(ValidityRuleViewSet)


@hooks.register("register_admin_menu_item")
def designs_menu_item() -> MenuItem:
    return RightMenuItem(
        _("Designs of certificates"),
        reverse("certificates:designs"),
        icon_name="image",
        order=145,
        right=Right.AUTHOR,
    )


class FrameworkViewSet(SnippetViewSet):
    model = Framework
    icon = "list-ul"
    list_display = ["code", "name_en", "name_es", "address"]
    chooser_viewset_class = ChooserOfWhatIsThere


class CompetenceViewSet(SnippetViewSet):
    model = Competence
    icon = "tick"
    list_display = ["code", "framework", "name_en", "name_es"]
    chooser_viewset_class = ChooserOfWhatIsThere


class CompetencesGroup(SnippetViewSetGroup):
    """Frameworks are published by others. Which course serves which competence stands in badges issued from then on."""

    menu_label = _("Competences")
    menu_icon = "tick"
    menu_order = 325
    items = (FrameworkViewSet, CompetenceViewSet)


register_snippet(CompetencesGroup)
