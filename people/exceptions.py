"""The base of every refusal that a person reads."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule said no. `code` is stable; the sentence tells what happened and what to do, in the reader's language."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str | Promise] = _("This cannot be done now.")

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values


class PlaceDoesNotFit(DomainError):
    code = "place_does_not_fit"
    message = _("The office, the agency and the Participant do not belong together. Choose an office of that agency.")


class GrantOutOfSide(DomainError):
    code = "grant_out_of_side"
    message = _("This person does not belong to %(participant)s. A role is granted for the person’s own Participant.")


class GrantOutOfReach(DomainError):
    code = "grant_out_of_reach"
    message = _("You may grant roles only to people, and for agencies and offices, that you administer.")


class NobodyRaisesThemself(DomainError):
    code = "nobody_raises_themself"
    message = _("Nobody sets their own roles. Ask another administrator, or the operator.")


class PersonOutOfReach(DomainError):
    code = "person_out_of_reach"
    message = _("You may keep people only in the agencies and offices that you administer. Choose one of them.")


class SupervisorOutOfSide(DomainError):
    code = "supervisor_out_of_side"
    message = _("A supervisor is another person of the same Participant. Check the address.")


class EmailOfTheStronger(DomainError):
    code = "email_of_the_stronger"
    message = _("This person may do what you may not, so only the operator changes the e-mail address.")


class StaysActive(DomainError):
    code = "stays_active"
    message = _("You cannot close your own account. Ask another administrator.")


class NotInThePast(DomainError):
    code = "not_in_the_past"
    message = _(
        "What was granted stays on record. Choose today or a later day; a role ends with yesterday at the earliest."
    )


class IdentityRefused(DomainError):
    """The identity provider knows the person; Puente does not let them in by it."""

    code = "identity-refused"
    message = _(
        "%(participant)s knows you, but no account here belongs to that address. "
        "Ask your program manager to enroll you with the address that %(participant)s has of you."
    )


class AddressNotVerified(IdentityRefused):
    code = "address-not-verified"
    message = _(
        "%(participant)s has not verified your e-mail address, so it cannot be linked to an account. "
        "Have it verified there, then sign in again."
    )


class ForeignDomain(IdentityRefused):
    code = "foreign-domain"
    message = _(
        "The address that %(participant)s has of you is not one of its own domains, so it cannot be linked to an "
        "account. Sign in with your official address."
    )


class LinkedToAnother(IdentityRefused):
    code = "linked-to-another"
    message = _(
        "Your account is linked to another identity at %(participant)s. Sign in in another way and remove the old link "
        "under “Account”, then try again."
    )
