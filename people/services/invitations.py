"""Invitations: a link for a person of the own side, sent by letter, that lets in once and until a day."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .. import audit, clock
from ..access import reach_of, roles_grantable_by
from ..exceptions import DomainError
from ..letter_kinds import INVITATION
from ..models import Agency, Invitation, Letter, Office, User
from ..roles import Right, Role
from .correspondence import Draft, withhold_letters, write_letters
from .roles import grant_role

TOKEN_BYTES = 32  # 256 bits: nobody guesses one


class InvitationNotValid(DomainError):
    code = "invitation_not_valid"
    message = _("This invitation no longer works. Ask your program manager for a new one.")


class HasAccess(DomainError):
    code = "has_access"
    message = _("%(name)s signs in with this address already. Nothing was sent.")


class AddressNotYours(DomainError):
    code = "address_not_yours"
    message = _("This address cannot be invited by your Participant. Check the address, or ask the operator.")


class NotYourSide(DomainError):
    code = "not_your_side"
    message = _("Only people of your own Participant, and within your reach, can be invited.")


class RoleNotYours(DomainError):
    code = "role_not_yours"
    message = _("You cannot give the role “%(role)s”. Ask an administrator.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whom a form invites. A trainee needs an office."""

    email: str
    given_names: str
    surname_1: str
    surname_2: str
    agency: Agency
    office: Office | None
    language: str
    role: Role


@transaction.atomic
def invite_newcomer(*, newcomer: Newcomer, by: User) -> Invitation:
    """Make the account, without a password, with its role, and invite. An account that waits already is invited anew.

    Raises:
        NotYourSide: the agency is the other Participant's, or out of the inviter's reach.
        RoleNotYours: the inviter may not give that role.
        HasAccess: somebody of the own side signs in with the address already.
        AddressNotYours: the address belongs to an account that the inviter may not see.
    """
    office = newcomer.office.pk if newcomer.office else None
    reach = reach_of(by, Right.INVITE)
    if not reach.covers(participant=newcomer.agency.participant_id, agency=newcomer.agency.pk, office=office):
        raise NotYourSide
    if newcomer.role not in roles_grantable_by(by):
        raise RoleNotYours(role=newcomer.role.label)
    person = User.objects.select_for_update(of=("self",)).filter(email__iexact=newcomer.email).first()
    if person is None:
        person = _new_account(newcomer, by)
    elif person.participant_id != newcomer.agency.participant_id or not person.is_active:
        raise AddressNotYours
    grant_role(user=person, role=newcomer.role, participant=person.participant, by=by)
    return invite(person=person, by=by)


@transaction.atomic
def invite(*, person: User, by: User) -> Invitation:
    """Invite one person whose account exists; an invitation before it ends.

    Raises:
        NotYourSide: the person belongs to the other Participant.
        HasAccess: the person has a password already.
    """
    invitations = invite_people(people=[person], by=by)
    if not invitations:
        raise HasAccess(name=person.full_name)
    audit.record("people.invitation.sent", person, by=by)
    return invitations[0]


@transaction.atomic
def invite_people(*, people: Sequence[User], by: User) -> list[Invitation]:
    """Invite people who cannot sign in yet; who can is passed over. A fixed number of statements. The caller audits.

    Holds the people's rows, so that two inviters do not cross; the database allows one open invitation for each.

    Raises:
        NotYourSide: one of them belongs to the other Participant, or is out of the inviter's reach.
    """
    rows = User.objects.select_for_update(of=("self",)).filter(pk__in=[p.pk for p in people], is_active=True)
    waiting = [person for person in rows.order_by("pk") if not person.has_usable_password()]
    reach = reach_of(by, Right.INVITE)
    if not all(
        reach.covers(participant=person.participant_id, agency=person.agency_id, office=person.office_id)
        for person in waiting
    ):
        raise NotYourSide
    now = clock.now()
    expires_at = now + dt.timedelta(days=settings.PUENTE_INVITATION_DAYS)
    Invitation.objects.open().filter(person__in=waiting).update(ended_at=now)
    withhold_letters(kind=INVITATION, people=waiting, reason=Letter.Reason.REPLACED)
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _person in waiting]
    drafts = [_draft(person, token, by, expires_at) for person, token in zip(waiting, tokens, strict=True)]
    letters = write_letters(kind=INVITATION, drafts=drafts)
    return Invitation.objects.bulk_create(
        [
            Invitation(
                person=person,
                token_sha256=token_hash(token),
                invited_by=by,
                letter=letter,
                created_at=now,
                expires_at=expires_at,
            )
            for person, token, letter in zip(waiting, tokens, letters, strict=True)
        ],
        batch_size=1000,
    )


@transaction.atomic
def end_invitation(*, invitation: Invitation, by: User) -> bool:
    """Make the link useless. False when it was accepted or ended already (one conditional statement decides)."""
    if not Invitation.objects.open().filter(pk=invitation.pk).update(ended_at=clock.now()):
        return False
    withhold_letters(kind=INVITATION, people=[invitation.person], reason=Letter.Reason.REPLACED)
    audit.record("people.invitation.ended", invitation.person, by=by)
    return True


@transaction.atomic
def accept_invitation(*, token_sha256: str, password: str) -> User:
    """Set the first password and confirm the address, to which the link was sent. Holds the invitation's row.

    Raises:
        InvitationNotValid: unknown, used, ended or expired, or the person got in another way since.
        ValidationError: the password is too weak; nothing has changed.
    """
    held = Invitation.objects.select_for_update(of=("self",)).valid(clock.now()).filter(token_sha256=token_sha256)
    invitation = held.select_related("person").first()
    if invitation is None or invitation.person.has_usable_password():
        raise InvitationNotValid
    person = invitation.person
    if EmailAddress.objects.filter(email__iexact=person.email, verified=True).exclude(user_id=person.pk).exists():
        raise InvitationNotValid  # somebody proved since that the address is theirs
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.filter(user_id=person.pk).exclude(email__iexact=person.email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user_id=person.pk, email=person.email.lower(), defaults={"verified": True, "primary": True}
    )
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    audit.record(
        "people.invitation.accepted", person, by=person, data={"invited_at": invitation.created_at.isoformat()}
    )
    return person


def invitation_behind(token_sha256: str) -> Invitation | None:
    """The invitation that a link opens now, with its person; None for any other link, whatever is wrong with it."""
    valid = Invitation.objects.valid(clock.now()).filter(token_sha256=token_sha256)
    invitation = valid.select_related("person", "person__participant").first()
    return None if invitation is None or invitation.person.has_usable_password() else invitation


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_account(newcomer: Newcomer, by: User) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(
                newcomer.email,
                None,
                given_names=newcomer.given_names,
                surname_1=newcomer.surname_1,
                surname_2=newcomer.surname_2,
                participant_id=newcomer.agency.participant_id,
                agency=newcomer.agency,
                office=newcomer.office,
                preferred_language=newcomer.language,
                is_demo=by.is_demo,
            )
    except IntegrityError:
        raise AddressNotYours from None  # somebody else made it at this moment


def _draft(person: User, token: str, by: User, expires_at: dt.datetime) -> Draft:
    with translation.override(person.preferred_language):
        path = reverse("people:invitation_link", args=[token])
    return Draft(
        to=person,
        reply_to=by.email,
        useful_until=expires_at,
        values={
            "name": person.full_name,
            "by": by.full_name,
            "until": expires_at.date().isoformat(),
            "link": f"{settings.PUENTE_BASE_URL}{path}",
        },
    )
