"""Forms about one enrollment: leave, return, extension, transfer, withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people import clock
from people.models import User

from .access import cohorts_visible_to
from .models import Cohort, Enrollment
from .round_forms import date_field

ACTIONS = {
    "leave": _("Put on leave"),
    "return": _("Back from leave"),
    "extend": _("Give more time"),
    "transfer": _("Transfer to another cohort"),
    "withdraw": _("Withdraw"),
}
NEEDS_REASON = frozenset({"leave", "extend", "transfer", "withdraw"})


def actions_for(enrollment: Enrollment) -> list[str]:
    """What can be done with an enrollment in its state."""
    state = Enrollment.State
    return {
        state.INVITED: ["leave", "extend", "transfer", "withdraw"],
        state.ACTIVE: ["leave", "extend", "transfer", "withdraw"],
        state.ON_LEAVE: ["return", "extend", "transfer", "withdraw"],
        state.LAPSED: ["extend"],
    }.get(state(enrollment.state), [])


class LifeForm(forms.Form):
    """What becomes of an enrollment. Which fields count depends on the action; the page says so."""

    action = forms.ChoiceField(label=_("What happens"), widget=forms.RadioSelect)
    effective_on = date_field(
        label=_("Effective from"), required=False, help_text=_("Empty for today. It may lie in the past.")
    )
    due_on = date_field(
        label=_("Own due date"), required=False, help_text=_("For more time; after a leave where it is wanted.")
    )
    cohort = forms.ModelChoiceField(
        label=_("Cohort"),
        queryset=Cohort.objects.none(),
        required=False,
        help_text=_("For a transfer: one of the same curriculum. What was done goes along."),
        empty_label=_("none"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("A word or two, such as “maternity leave”; no diagnosis. Not needed after a leave."),
    )

    def __init__(self, *args: Any, user: User, enrollment: Enrollment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = actions_for(enrollment)
        self.fields["action"].choices = [(name, ACTIONS[name]) for name in actions]  # type: ignore[attr-defined]
        others = cohorts_visible_to(user).filter(
            Q(participant=enrollment.participant_id) | Q(participant=None),
            edition__curriculum=enrollment.cohort.edition.curriculum_id,
            closes_on__gte=clock.today(),
        )
        self.fields["cohort"].queryset = others.exclude(pk=enrollment.cohort_id)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        action = given.get("action")
        if action in NEEDS_REASON and not given.get("reason", "").strip():
            self.add_error("reason", _("Give the reason; it is kept with the date."))
        if action == "extend" and not given.get("due_on"):
            self.add_error("due_on", _("Say until when the courses are due."))
        if action == "transfer" and not given.get("cohort"):
            self.add_error("cohort", _("Choose the cohort in which the officer goes on."))
        if given.get("effective_on") and given["effective_on"] > clock.today():
            self.add_error("effective_on", _("This day is still to come. Record it when it has come."))
        return given
