"""Forms for rosters: the file, what its headings mean, what is to be done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.uploads import Kind, UploadRefused, check_upload

from .roster.columns import COLUMNS, LEFT_OUT
from .roster.errors import RosterError
from .roster.reading import Heading
from .roster.sheets import MAX_BYTES
from .roster_messages import sentence

COLUMN_NAMES: dict[str, str | Promise] = {
    "officer_number": _("officer number"),
    "given_names": _("given names"),
    "surname_1": _("first surname"),
    "surname_2": _("second surname"),
    "email": _("e-mail"),
    "agency": _("agency"),
    "office": _("office"),
    "position": _("position"),
    "language": _("preferred language"),
}


class RosterForm(forms.Form):
    """A roster to look at."""

    file = forms.FileField(
        label=_("Roster (CSV or XLSX)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv"}),
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        """Refuse what is neither, judged by its bytes, or too large; the reader of rosters says more about the rest."""
        file = self.cleaned_data["file"]
        kinds = {Kind.TEXT, Kind.XLSX}
        try:
            check_upload(file, kinds=kinds, most_bytes=MAX_BYTES, is_kept=False, allow_empty=True)
        except UploadRefused as refusal:
            megabytes = {"megabytes": str(MAX_BYTES // 1024 // 1024)}
            known = {
                "too_large": RosterError("too_large", more=megabytes),
                "wrong_kind": RosterError("binary"),
                "svg": RosterError("binary"),
                "broken": RosterError("broken_workbook"),
            }.get(refusal.reason)
            raise forms.ValidationError(sentence(known) if known else str(refusal), code=refusal.reason) from None
        return file


class HeadingsForm(forms.Form):
    """What the headings mean that no alias knows. Field `h3` is the fourth column of the file."""

    def __init__(self, *args: Any, headings: list[Heading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unknown = {f"h{n}": heading for n, heading in enumerate(headings) if not heading.is_known}
        taken = {heading.column for heading in headings if heading.is_known}
        columns = [(name, COLUMN_NAMES[name]) for name in COLUMNS if name not in taken]
        for name, heading in self.unknown.items():
            self.fields[name] = forms.ChoiceField(
                label=heading.text,
                initial=heading.column or LEFT_OUT,
                choices=[(LEFT_OUT, _("leave this column out")), *columns],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [column for column in cleaned.values() if column != LEFT_OUT]
        twice = {column for column in chosen if chosen.count(column) > 1}
        for name, column in list(cleaned.items()):
            if column in twice:
                self.add_error(name, _("Two headings are given this meaning. Keep one of them."))
        return cleaned

    def meanings(self) -> dict[str, str]:
        """Headings and what they mean."""
        return {heading.text: self.cleaned_data[name] for name, heading in self.unknown.items()}


class ApplyForm(forms.Form):
    """How a roster is to be applied."""

    file_name = forms.CharField(max_length=200, required=False)
    seen = forms.RegexField(r"^[0-9a-f]{64}$")
    rows = forms.IntegerField(min_value=0)
    good_rows_only = forms.BooleanField(required=False)
    withdraws = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("withdraws") and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the officers who are not in the roster are withdrawn."))
        return cleaned
