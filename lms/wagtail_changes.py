"""What Wagtail's administration does otherwise here, where it has no setting or hook for it.

Each change is small, is made once when Wagtail reads its hooks, before any page is made, and is held by a test that
goes through the pages.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.models import DeleteView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.snippets.widgets import AdminSnippetChooser

from people.exceptions import DomainError
from people.spreadsheets import disarmed

_CALL = re.compile(r"(?P<call>(?:new )?[A-Za-z_$][\w.$]*)\((?P<arguments>.*)\);?", re.DOTALL)


def change() -> None:
    """Make the changes."""
    BaseChooser.render = chooser_without_inline_script
    SpreadsheetExportMixin.preprocess_field_value = disarmed_in_csv(SpreadsheetExportMixin.preprocess_field_value)
    AdminSnippetChooser.__init__ = with_words_of_the_page(AdminSnippetChooser.__init__)
    DeleteView.form_valid = refusals_said(DeleteView.form_valid)
    BulkAction.form_valid = refusals_said(BulkAction.form_valid)
    AvatarSettingsPanel.is_active = never  # nobody needs a second way for pictures to come in


def never(self: Any) -> bool:
    """No."""
    return False


def chooser_without_inline_script(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    """The widget, with what Wagtail would call in an inline script as data that `administration.js` calls."""
    attrs = attrs or {}
    value_data = self.get_value_data(value)
    script = _CALL.fullmatch(self.render_js_init(attrs["id"], name, value_data))
    if script is None:
        raise ValueError(f"{type(self).__name__} starts in a way that is not known here")
    start = '{}<template data-start="{}" data-arguments="[{}]"></template>'
    return format_html(start, self.render_html(name, value_data, attrs), script["call"], script["arguments"])


def refusals_said(original: Any) -> Any:
    """A refusal of ours on a page that deletes is said there; Wagtail would speak of missing permission."""

    def form_valid(self: Any, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = original(self, form)
        except DomainError as refusal:
            messages.error(self.request, str(refusal))
            return redirect(getattr(self, "next_url", None) or self.request.path)
        return answer

    return form_valid


def disarmed_in_csv(original: Any) -> Any:
    """Wagtail's lists as CSV obey the same rule as ours; its workbooks write texts as texts already."""

    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        written = original(self, field, value, export_format)
        if export_format != self.FORMAT_CSV or isinstance(written, bool | int | float | None):
            return written
        return disarmed(str(written))

    return preprocess_field_value


def with_words_of_the_page(original: Any) -> Any:
    """A chooser of snippets is made once and shown in both languages; Wagtail puts its words together when it is made,
    here they are put together when it is shown."""

    def make(self: AdminSnippetChooser, model: Any = None, **options: Any) -> None:
        original(self, model, **options)
        name = self.model._meta.verbose_name
        words = {
            "choose_one_text": gettext_lazy("Choose %(object)s"),
            "choose_another_text": gettext_lazy("Choose another %(object)s"),
            "link_to_chosen_text": gettext_lazy("Edit this %(object)s"),
        }
        for attribute, text in words.items():
            if attribute not in options:
                setattr(self, attribute, _with_name(text, name))

    return make


def _put_together(text: Any, name: Any) -> str:
    return str(text) % {"object": name}


_with_name = lazy(_put_together, str)
