"""Who reads whose certificate: the holder, and whoever follows the holder's cohorts. Who sets who signs."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from people.access import people_visible_to, reach_of
from people.models import User
from people.roles import Right

from .models import Credential, Signatory


def credential_for(user: User | AnonymousUser, number: str) -> Credential:
    """The certificate, or 404: a stranger does not learn that it exists.

    Nor does anybody by way of an erased person: only whoever holds the certificate leads to it (`/verify/`).
    """
    if not user.is_authenticated:
        raise Http404
    readable = Q(person_id=user.pk) | Q(person__in=people_visible_to(user).filter(erased_at__isnull=True))
    credential = Credential.objects.filter(readable, number=number).select_related("person").first()
    if credential is None:
        raise Http404
    return credential


def signatories_administered_by(user: User | AnonymousUser) -> QuerySet[Signatory]:
    """Who signs for the own Participant, for those who administer all of it or the post's agency."""
    reach = reach_of(user, Right.ADMINISTER)
    if reach.everywhere:
        return Signatory.objects.all()
    own = Signatory.objects.filter(participant=reach.participant)
    return own if reach.in_all_of_it else own.filter(agency__in=reach.agencies)
