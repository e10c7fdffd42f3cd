"""Forms about accounts: inviting somebody, and the first password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..access import agencies_within, offices_within, reach_of, roles_grantable_by
from ..models import Agency, Office, User
from ..roles import Right, Role
from ..services.invitations import Newcomer


class InviteForm(forms.Form):
    """Whom to invite: only agencies, offices and roles that the inviter may give stand in it."""

    email = forms.EmailField(label=_("Work e-mail address"))
    given_names = forms.CharField(label=_("Given names"), max_length=120)
    surname_1 = forms.CharField(label=_("First surname"), max_length=80)
    surname_2 = forms.CharField(label=_("Second surname"), max_length=80, required=False)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    office = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Office.objects.none(),
        required=False,
        help_text=_("A trainee needs one: without it nobody can be enrolled."),
    )
    language = forms.ChoiceField(label=_("Language of the person"), choices=User.Language.choices)
    role = forms.ChoiceField(label=_("Role"), choices=())

    def __init__(self, *args: Any, inviter: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = reach_of(inviter, Right.INVITE)
        agencies = agencies_within(reach) & Agency.objects.on(clock.today())
        offices = (offices_within(reach) & Office.objects.on(clock.today())).select_related("agency")
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["office"].label_from_instance = lambda office: f"{office.agency.code} · {office.name}"  # type: ignore[attr-defined]
        roles = roles_grantable_by(inviter)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["language"].initial = inviter.preferred_language

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        agency, office = given.get("agency"), given.get("office")
        if office and agency and office.agency_id != agency.pk:
            self.add_error("office", _("This office belongs to another agency. Choose one of the agency above."))
        if given.get("role") == Role.TRAINEE and not office and "office" not in self.errors:
            self.add_error("office", _("Choose the office of the trainee."))
        return given

    def newcomer(self) -> Newcomer:
        """What the form says, for the service."""
        given = self.cleaned_data
        return Newcomer(
            email=given["email"].lower(),
            given_names=given["given_names"],
            surname_1=given["surname_1"],
            surname_2=given["surname_2"],
            agency=given["agency"],
            office=given["office"],
            language=given["language"],
            role=Role(given["role"]),
        )


class FirstPasswordForm(forms.Form):
    """A password, written twice. Whether it is strong enough is decided where it is set."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ. Write the same one twice."))
        return given
