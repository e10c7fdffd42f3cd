"""What an administrator fills in to find and to erase a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.erasing import Reason
from people.models import User


class FindForm(forms.Form):
    """The exact address or number: nobody leafs through people here."""

    who = forms.CharField(
        label=_("E-mail or officer number"),
        max_length=254,
        help_text=_("Exactly as it is held; capitals do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class EraseForm(forms.Form):
    """The second step: why, and the number or the address once more."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[("", "–"), *(choice for choice in Reason.choices if choice[0] != Reason.SCHEDULE)],
    )
    confirmation = forms.CharField(
        label=_("To confirm, write the person’s officer number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_confirmation(self) -> str:
        """The confirmation names this very person."""
        typed = str(self.cleaned_data["confirmation"]).strip()
        known = {text.casefold() for text in (self.person.officer_number, self.person.email) if text}
        if typed.casefold() not in known:
            raise forms.ValidationError(
                _("This is neither the officer number nor the e-mail of this person. Look again whom you erase."),
                code="another_person",
            )
        return typed
