"""The forms of a report's period and of an export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people import clock
from people.exceptions import DomainError

from .exports.tables import CONTENTS, NAMED_ONLY
from .models import SavedExport
from .services.freezing import check_period


class PeriodForm(forms.Form):
    """First and last day of the period, both included."""

    from_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    to_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_on"].initial = clock.yesterday()
        self.fields["to_on"].widget.attrs["max"] = clock.yesterday().isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("from_on") and cleaned.get("to_on"):
            try:
                check_period(from_on=cleaned["from_on"], to_on=cleaned["to_on"])
            except DomainError as refusal:
                self.add_error("to_on", str(refusal))
        return cleaned


TABLES: dict[str, tuple[str | Promise, str | Promise]] = {
    "statistics": (_("Statistics by office and course"), _("Counts of officers; no names.")),
    "officers": (_("Officers"), _("One row an officer: state, each course, certificate.")),
    "progress": (
        _("Progress"),
        _("One row an officer, one column a learning object, with the day on which it was completed."),
    ),
    "attempts": (_("Attempts"), _("One row an attempt at a quiz: result, score, when, in which language.")),
    "responses": (_("Responses"), _("One row an answer to an item, with its mark: for the study of questions.")),
    "attendance": (
        _("Attendance"),
        _("One row an officer and session: how attended, for how many minutes."),
    ),
    "roster": (_("Roster"), _("Who is in the cohort, in the columns that an import reads; always with names.")),
}
"""What each table is called, and what it holds."""


class ExportForm(forms.Form):
    """Which tables, with names or pseudonyms, in which format, and how often."""

    contents = forms.MultipleChoiceField(
        label=_("Tables"),
        choices=[(content, TABLES[content][0]) for content in CONTENTS],
        initial=["statistics", "officers", "progress"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one table.")},
    )
    names = forms.ChoiceField(
        label=_("Officers"),
        choices=[("yes", _("with their names")), ("no", _("with pseudonyms, without the office"))],
    )
    file_format = forms.ChoiceField(
        label=_("Format"),
        choices=[
            ("xlsx", _("Workbook (XLSX)")), ("csv", _("CSV, several tables in one archive")),
            ("parquet", _("Parquet, for data frames")), ("hdf5", _("HDF5, for analysis")),
        ],
    )  # fmt: skip
    every = forms.ChoiceField(
        label=_("How often"), required=False, choices=[("", _("once, now")), *SavedExport.Every.choices]
    )

    def __init__(self, *args: Any, may_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_name:
            names, contents = self.fields["names"], self.fields["contents"]
            names.choices = names.choices[1:]  # type: ignore[attr-defined]
            contents.choices = [each for each in contents.choices if each[0] != NAMED_ONLY]  # type: ignore[attr-defined]
