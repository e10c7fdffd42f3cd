"""Who reads whose certificate: the holder, and whoever follows cohorts of the holder's Participant."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404

from people.access import people_visible_to
from people.models import User

from .models import Credential


def credential_for(user: User | AnonymousUser, number: str) -> Credential:
    """The certificate, or 404: a stranger does not learn that it exists."""
    if not user.is_authenticated:
        raise Http404
    readable = Q(person_id=user.pk) | Q(person__in=people_visible_to(user))
    credential = Credential.objects.filter(readable, number=number).select_related("person").first()
    if credential is None:
        raise Http404
    return credential
