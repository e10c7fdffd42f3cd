"""Second factors that are lost."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.db import transaction

from .. import audit
from ..models import User


@transaction.atomic
def remove_second_factors(*, person: User, by: User | None) -> int:
    """Remove all of a person's passkeys, app and recovery codes and end every session; how many factors there were.

    Whoever must have one sets up another at the next sign-in.
    """
    count: int
    count, _rows = Authenticator.objects.filter(user=person).delete()
    get_adapter().end_sessions(UserSession.objects.filter(user=person))
    if count:
        audit.record("people.second_factor.removed", person, by=by, data={"count": count})
    return count
