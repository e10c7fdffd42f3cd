"""Forms about officers at risk: which are shown, what is decided, by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .at_risk import AtRisk
from .models import RiskDecision, RiskRule
from .risk import FIRST_NUMBERS
from .risk_words import LABELS

MOST_DAYS = 90


class RiskFilter(forms.Form):
    """Which officers at risk the list shows."""

    rule = forms.ChoiceField(label=_("Reason"), required=False, choices=[("", _("any")), *RiskRule.Rule.choices])
    decided = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[("", _("still to decide")), ("quiet", _("decided, not yet due again")), ("all", _("all"))],
    )
    office = forms.ChoiceField(label=_("Office"), required=False)

    def __init__(self, *args: Any, offices: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted(((str(pk), name) for pk, name in offices.items()), key=lambda row: row[1])
        self.fields["office"].choices = [("", _("all offices")), *rows]  # type: ignore[attr-defined]

    def lets_through(self, row: AtRisk) -> bool:
        """Whether the list shows it; a filter that is not understood shows nothing."""
        if not self.is_valid():
            return False
        asked = self.cleaned_data
        decided = asked["decided"]
        return (
            (not asked["rule"] or any(reason.rule == asked["rule"] for reason in row.reasons))
            and asked["office"] in {"", str(row.office)}
            and (decided == "all" or row.is_quiet == (decided == "quiet"))
        )


class RiskDecisionForm(forms.Form):
    """What was done about an officer at risk."""

    decision = forms.ChoiceField(
        label=_("What was decided"), choices=RiskDecision.Decision.choices, widget=forms.RadioSelect
    )
    days = forms.IntegerField(label=_("Do not ask again for so many days"), min_value=1, max_value=MOST_DAYS, initial=7)
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The officer can read it among the data that Puente holds. Nothing about health, please."),
    )


class RiskRulesForm(forms.Form):
    """The number of each rule; an empty field turns the rule off."""

    def __init__(self, *args: Any, numbers: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in FIRST_NUMBERS:
            most = 100 if rule == RiskRule.Rule.PACE else 20 if rule == RiskRule.Rule.FAILED else 365
            self.fields[rule] = forms.IntegerField(
                label=LABELS[rule],
                required=False,
                min_value=1,
                max_value=most,
                initial=numbers.get(rule),
                help_text=_("Empty: this is not asked."),
            )
