"""What ends from outside: a person's sessions, and second factors that are lost."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.db import transaction

from .. import audit
from ..access import people_administered_by
from ..exceptions import PersonOutOfReach
from ..models import User


@transaction.atomic
def remove_second_factors(*, person: User, by: User | None) -> int:
    """Remove all of a person's passkeys, app and recovery codes and end every session; how many factors there were.

    Whoever must have one sets up another at the next sign-in.
    """
    count: int
    count, _rows = Authenticator.objects.filter(user=person).delete()
    _end(person)
    if count:
        audit.record("people.second_factor.removed", person, by=by, data={"count": count})
    return count


@transaction.atomic
def end_sessions(*, person: User, by: User) -> int:
    """Sign a person out wherever they are signed in; how many sessions there were. Their account stays as it is.

    Raises:
        PersonOutOfReach: the person is not the administrator's.
    """
    if not people_administered_by(by).filter(pk=person.pk).exists():
        raise PersonOutOfReach
    count = _end(person)
    audit.record("people.sessions.ended", person, by=by, data={"count": count})
    return count


def _end(person: User) -> int:
    sessions = list(UserSession.objects.filter(user=person))
    get_adapter().end_sessions(sessions)
    return len(sessions)
