"""The form of a report's period."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people import clock
from people.exceptions import DomainError

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
