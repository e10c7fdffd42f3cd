"""Retention rules in the administration: each side sees and sets its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList

from .models import RetentionRule
from .own_side import OwnSideForm, OwnSideViewSet


class RetentionRuleViewSet(OwnSideViewSet):
    model = RetentionRule
    icon = "calendar-alt"
    list_display = ["title", "participant", "days"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Nothing is removed until there is a rule, and “manage.py apply_retention --apply” runs. The same "
                    "command without “--apply” says what it would remove."
                )
            ),
            FieldRowPanel([FieldPanel("participant"), FieldPanel("kind"), FieldPanel("days")]),
            MultiFieldPanel([FieldPanel("basis_en"), FieldPanel("basis_es")], heading=_("Basis")),
        ],
        base_form_class=OwnSideForm,
    )
