"""Who reads whose certificate: the holder, and whoever follows the holder's cohorts. Who sets who signs."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from curricula.models import Curriculum
from people.access import may, people_visible_to, reach_of
from people.models import User
from people.roles import Right

from .models import Credential, Signatory
from .models.credential import CredentialQuerySet


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


def credentials_managed_by(user: User | AnonymousUser) -> CredentialQuerySet:
    """The certificates that a person may suspend, revoke and issue anew: within reach of that right, but not the own
    ones, and nobody's whose account was erased."""
    if not user.is_authenticated or not may(user, Right.CERTIFY):
        return Credential.objects.none()
    reach = reach_of(user, Right.CERTIFY).of("person__")
    return Credential.objects.filter(reach, person__erased_at__isnull=True).exclude(person_id=user.pk)


def managed_credential_for(user: User | AnonymousUser, number: str) -> Credential:
    """A certificate of the register, or 404."""
    found = credentials_managed_by(user).filter(number=number)
    credential = found.select_related("person__office__agency", "edition__curriculum", "superseded_by").first()
    if credential is None:
        raise Http404
    return credential


def curricula_designed_by(user: User | AnonymousUser) -> QuerySet[Curriculum]:
    """The curricula whose certificates a person may design: those who write courses, all of them, as both Participants
    share curricula."""
    curricula: QuerySet[Curriculum] = Curriculum.objects.all()
    return curricula if may(user, Right.AUTHOR) else curricula.none()


def curriculum_to_design(user: User | AnonymousUser, code: str) -> Curriculum:
    """The curriculum, or 404."""
    curriculum = curricula_designed_by(user).filter(code=code).first()
    if curriculum is None:
        raise Http404
    return curriculum


def signatories_administered_by(user: User | AnonymousUser) -> QuerySet[Signatory]:
    """Who signs for the own Participant, for those who administer all of it or the post's agency."""
    reach = reach_of(user, Right.ADMINISTER)
    if reach.everywhere:
        return Signatory.objects.all()
    own = Signatory.objects.filter(participant=reach.participant)
    return own if reach.in_all_of_it else own.filter(agency__in=reach.agencies)
