"""The identities that a Participant's provider vouches for, and the people they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from .. import audit
from ..exceptions import AddressNotVerified, ForeignDomain, IdentityRefused, LinkedToAnother
from ..models import User

if TYPE_CHECKING:
    from collections.abc import Sequence


def person_of(*, participant: str, provider: str, domains: Sequence[str], email: str, is_verified: object) -> User:
    """The person whom a new identity may be linked to: an existing one of that Participant with that address.

    `is_verified` is the claim as it came: only the Boolean true counts. A second identity of the same provider is not
    linked beside the first, because an address may be given to somebody else when its holder leaves.

    Raises:
        AddressNotVerified, ForeignDomain, IdentityRefused (nobody here, or the other side's), LinkedToAnother.
    """
    if not email or is_verified is not True:
        raise AddressNotVerified(participant=participant)
    if email.rpartition("@")[2].lower() not in domains:
        raise ForeignDomain(participant=participant)
    person = User.objects.filter(email__iexact=email, participant__code=participant, is_active=True).first()
    if person is None:
        raise IdentityRefused(participant=participant)
    if SocialAccount.objects.filter(user=person, provider=provider).exists():
        raise LinkedToAnother(participant=participant)
    return person


@transaction.atomic
def link_identity(*, account: SocialAccount, person: User, by: User) -> None:
    """Keep the link (unique for provider and subject). From now on the subject decides, not the address."""
    account.user = person
    account.save()
    audit.record("people.identity.linked", person, by=by, data={"provider": account.provider})


@transaction.atomic
def unlink_identities(*, person: User, provider: str, by: User) -> int:
    """Remove a person's links to a provider; how many there were."""
    count: int
    count, _rows = SocialAccount.objects.filter(user=person, provider=provider).delete()
    if count:
        audit.record("people.identity.unlinked", person, by=by, data={"provider": provider})
    return count
