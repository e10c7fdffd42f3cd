"""What an administrator fills in: a person, and a role that a person is granted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..access import (
    agencies_within,
    offices_administered_by,
    participants_visible_to,
    people_administered_by,
    reach_of,
)
from ..exceptions import DomainError
from ..models import RoleGrant, User
from ..own_side import OwnSideForm
from ..roles import Right, Role
from ..services.directory import check_person, may_set_email, save_person
from ..services.roles import Place, change_end, check_dates, check_grant, grant_role


class _PlaceForm(OwnSideForm):
    """A form that names a place within reach. The Participant is asked for only where there is a choice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = reach_of(self.for_user, Right.ADMINISTER)
        self.fields["participant"].queryset = participants_visible_to(self.for_user)
        self.fields["agency"].queryset = agencies_within(reach)
        self.fields["office"].queryset = offices_administered_by(self.for_user).select_related("agency")
        if not reach.everywhere:
            self.fields["participant"].initial = self.for_user.participant_id
            self.fields["participant"].empty_label = None


class PersonForm(_PlaceForm):
    """Who a person is and where the person works."""

    supervisor_email = forms.EmailField(
        label=_("E-mail of the supervisor"),
        required=False,
        help_text=_("Is told when reminders do not help. Empty: nobody is told."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.supervisor:
            self.fields["supervisor_email"].initial = self.instance.supervisor.email
        if self.instance.pk and not may_set_email(person=self.instance, by=self.for_user):
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("Only the operator changes this address.")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        return email

    def clean_supervisor_email(self) -> str:
        """Of the own side, whoever that is: an administrator of one office names a head who sits in another."""
        email: str = self.cleaned_data["supervisor_email"].strip()
        known = User.objects.filter(is_active=True, participant__in=participants_visible_to(self.for_user))
        self.instance.supervisor = known.filter(email__iexact=email).first() if email else None
        if email and self.instance.supervisor is None:
            raise ValidationError(_("Nobody of your Participant has this address. Check it, or leave it empty."))
        return email

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            try:
                check_person(person=self.instance, by=self.for_user)
            except DomainError as refusal:
                self.add_error(None, ValidationError(str(refusal), code=refusal.code))

    def save(self, commit: bool = True) -> User:
        return save_person(person=self.instance, by=self.for_user)


class RoleGrantForm(_PlaceForm):
    """A role for a person within reach. Once given, only its last day changes."""

    instance: RoleGrant
    email = forms.EmailField(label=_("E-mail of the person"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["email"].initial = self.instance.user.email
            for name, field in self.fields.items():
                field.disabled = name != "until_on"

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        person = people_administered_by(self.for_user).filter(email__iexact=email).first()
        if person is None:
            raise ValidationError(_("There is no such person among those that you administer. Check the address."))
        self.instance.user = person
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        named = Place(cleaned.get("participant"), cleaned.get("agency"), cleaned.get("office"))
        try:
            place = named.narrowed()
        except DomainError as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from None
        return cleaned | {"participant": place.participant, "agency": place.agency}

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        grant = self.instance
        try:
            place = Place(grant.participant, grant.agency, grant.office)
            check_grant(user=grant.user, role=Role(grant.role), place=place, by=self.for_user)
            from_on = None if grant.pk else grant.from_on
            check_dates(from_on=from_on, until_on=grant.until_on, by=self.for_user)
            grant.validate_constraints()
        except DomainError as refusal:
            self.add_error(None, ValidationError(str(refusal), code=refusal.code))
        except ValidationError as held:
            self.add_error(None, held.messages)

    def save(self, commit: bool = True) -> RoleGrant:
        new = self.instance
        if new.pk:
            return change_end(grant=new, until_on=new.until_on, by=self.for_user)
        self.instance = grant_role(
            user=new.user, role=Role(new.role), participant=new.participant, agency=new.agency, office=new.office,
            from_on=new.from_on, until_on=new.until_on, by=self.for_user,
        )  # fmt: skip
        return self.instance
