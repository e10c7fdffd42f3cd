"""Forms about requirements, and about nominating whoever lacks what is required."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people import clock
from people.access import participants_visible_to
from people.models import User

from .access import cohorts_visible_to, managed_by
from .models import Cohort, Requirement, Round
from .round_forms import WRONG_OFFICE, Places, date_input


class RequirementForm(forms.ModelForm, Places):  # type: ignore[type-arg]
    """Who must hold what."""

    class Meta:
        model = Requirement
        fields = ["name_en", "name_es", "curriculum", "participant", "agency", "office", "position", "from_on",
                  "until_on", "renewal_days"]  # fmt: skip
        widgets = {"from_on": date_input(), "until_on": date_input()}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.offer_places(user)
        self.fields["participant"].queryset = participants_visible_to(user)  # type: ignore[attr-defined]
        if user.participant_id:
            self.initial.setdefault("participant", None)
            self.initial["participant"] = self.initial["participant"] or user.participant_id

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        side, agency, office = given.get("participant"), given.get("agency"), given.get("office")
        if office and not agency:
            agency = given["agency"] = office.agency
        if office and agency and office.agency_id != agency.pk:
            self.add_error("office", WRONG_OFFICE)
        if agency and side and agency.participant_id != side.pk:
            self.add_error("agency", _("This agency belongs to the other Participant."))
        place = {"participant": side.pk if side else None, "agency": agency.pk if agency else None,
                 "office": office.pk if office else None}  # fmt: skip
        if side and not managed_by(self.user).covers(**place):
            self.add_error(None, _("You may set requirements only for places that you manage. Choose one of them."))
        return given


class ProposeForm(forms.Form):
    """For which round, and which cohort of it, those who lack something are nominated."""

    training_round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none())
    cohort = forms.ModelChoiceField(label=_("Cohort"), queryset=Cohort.objects.none(), required=False)

    def __init__(self, *args: Any, rounds: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["training_round"].queryset = rounds  # type: ignore[attr-defined]
        field = self.fields["cohort"]
        field.queryset = cohorts_visible_to(user).filter(round__in=rounds, closes_on__gte=clock.today())  # type: ignore[attr-defined]
        field.empty_label = _("the round’s manager chooses")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        cohort, found = given.get("cohort"), given.get("training_round")
        if cohort and found and cohort.round_id != found.pk:
            self.add_error("cohort", _("This cohort belongs to another round. Choose one of the round above."))
        return given
