"""Suspends certificates while something is being looked into, and lifts suspensions.

The reason is for those who manage certificates: a suspension says nothing yet about anybody, so that the public check
tells only that it holds and since when. Lifted, it leaves no trace but in the record of who did what.
"""

from __future__ import annotations

from django.db import transaction

from curricula.models import Enrollment
from people import audit, clock
from people.models import Participant, User

from ..exceptions import NotSuspended, StandingForbids
from ..models import Credential, Standing
from .issuance import issue_credential
from .lines import covering, line_of
from .reasons import Reason


@transaction.atomic
def suspend(*, credential: Credential, reason: Reason, authority: Participant | None, by: User | None) -> Credential:
    """Suspend a valid certificate from now on. One conditional statement decides between two at once.

    Raises:
        StandingForbids: it is not valid now.
    """
    now = clock.now()
    changed = (
        Credential.objects.filter(pk=credential.pk)
        .standing(Standing.VALID, now)
        .update(
            suspended_at=now,
            suspended_by=by,
            suspension_authority=authority,
            suspension_reason_en=reason.en,
            suspension_reason_es=reason.es,
        )
    )
    credential.refresh_from_db()
    if not changed:
        raise StandingForbids(number=credential.number, standing=credential.standing.label)
    audit.record(
        "certificates.credential.suspended",
        credential,
        by=by,
        data={"number": credential.number, "authority": authority.code if authority else ""},
        before={"suspended_at": None},
        after={"suspended_at": now},
    )
    return credential


@transaction.atomic
def lift(*, credential: Credential, by: User | None) -> Credential:
    """End a suspension; the certificate is worth again what it was. What the holder completed meanwhile, and could
    renew with, is issued now.

    Raises:
        NotSuspended: it is not suspended.
    """
    was = credential.suspended_at
    changed = Credential.objects.filter(pk=credential.pk, suspended_at__isnull=False, revoked_at__isnull=True).update(
        suspended_at=None,
        suspended_by=None,
        suspension_authority=None,
        suspension_reason_en="",
        suspension_reason_es="",
    )
    credential.refresh_from_db()
    if not changed:
        raise NotSuspended(number=credential.number)
    audit.record(
        "certificates.credential.suspension_lifted",
        credential,
        by=by,
        data={"number": credential.number},
        before={"suspended_at": was},
        after={"suspended_at": None},
    )
    _issue_what_waited(credential, by=by)
    return credential


def _issue_what_waited(lifted: Credential, *, by: User | None) -> None:
    mine = Enrollment.objects.completed().filter(person=lifted.person_id, credentials__isnull=True)
    for enrollment in mine.select_related(
        "person", "office", "cohort__edition__curriculum", "kept_edition__curriculum"
    ).order_by("completed_at"):
        is_of_the_line = enrollment.edition.curriculum_id == lifted.edition.curriculum_id
        line = line_of(enrollment) if is_of_the_line else []
        if line and enrollment.completed_at and not covering(line, enrollment, enrollment.completed_at.date()):
            issue_credential(enrollment=enrollment, at=clock.now(), by=by)
