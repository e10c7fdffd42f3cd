"""What the administration shows of certificates: who signs, and the words for what was done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Signatory


@hooks.register("register_log_actions")
def certificate_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action("certificates.credential.issued", _("Issue a certificate"), _("Certificate issued"))
    actions.register_action("certificates.credential.revoked", _("Revoke a certificate"), _("Certificate revoked"))
    actions.register_action(
        "certificates.credential.undrawable", _("Report a document"), _("Document could not be drawn")
    )
    actions.register_action(
        "certificates.credential.document_lost", _("Report a document"), _("Document lost; drawn again")
    )


class SignatoryViewSet(SnippetViewSet):
    model = Signatory
    icon = "edit"
    menu_label = _("Signatories")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "participant", "post_en", "from_on", "until_on"]
    list_filter = ["participant"]


register_snippet(SignatoryViewSet)
