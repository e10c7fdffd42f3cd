"""Reads of people: who cannot sign in yet, which invitations and letters a person may see."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from . import clock
from .access import may, reach_of
from .models import Invitation, Letter, RoleGrant, User
from .models.invitation import InvitationQuerySet
from .models.letter import LetterQuerySet
from .roles import RIGHTS, Right


def without_sign_in(people: QuerySet[User]) -> QuerySet[User]:
    """Those who have no password and never got in another way."""
    return people.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX, is_active=True, last_login__isnull=True)


def to_invite(people: QuerySet[User]) -> QuerySet[User]:
    """Those without a sign-in whom no valid invitation waits for."""
    valid = Invitation.objects.valid(clock.now()).filter(person=OuterRef("pk"))
    return without_sign_in(people).filter(~Exists(valid))


def invitations_visible_to(user: User | AnonymousUser) -> InvitationQuerySet:
    """Invitations of people of the own Participant, for those who invite."""
    invitations = Invitation.objects.select_related("person__agency", "invited_by", "letter")
    if not user.is_authenticated or not may(user, Right.INVITE):
        return invitations.none()
    return invitations.filter(reach_of(user, Right.INVITE).of("person__"))


def letters_visible_to(user: User | AnonymousUser) -> LetterQuerySet:
    """Letters to people of the own Participant, for those who may see them; to strangers, for the operator only."""
    letters = Letter.objects.select_related("recipient")
    if not user.is_authenticated or not may(user, Right.READ_LETTERS):
        return letters.none()
    return letters.filter(reach_of(user, Right.READ_LETTERS).of("recipient__"))


def holders_of(right: Right) -> QuerySet[User]:
    """Active people to whom a role with that right is granted today, for the Participant that they belong to now."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    here = Q(participant=None) | Q(participant=F("user__participant"))
    grants = RoleGrant.objects.on(clock.today()).filter(here, role__in=roles)
    return User.objects.filter(pk__in=grants.values("user"), is_active=True)


def named_like(words: str, path: str = "") -> Q:
    """The condition on rows with a person's names, address and number, which lie under `path` (such as `person__`).

    Each of the first five words is in a name or in the address, or is the number.
    """
    condition = Q()
    for word in words.split()[:5]:
        names = (f"{path}{field}__icontains" for field in ("given_names", "surname_1", "surname_2", "email"))
        fits = Q(**{f"{path}officer_number__iexact": word})
        for name in names:
            fits |= Q(**{name: word})
        condition &= fits
    return condition
