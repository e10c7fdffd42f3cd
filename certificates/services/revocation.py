"""Revokes credentials: with a reason in both languages, for good."""

from __future__ import annotations

from django.db import transaction

from people import audit, clock
from people.models import Participant, User

from ..exceptions import RevokedAlready
from ..models import Credential
from .reasons import Reason


@transaction.atomic
def revoke(
    *,
    credential: Credential,
    reason_en: str,
    reason_es: str,
    authority: Participant | None = None,
    by: User | None,
) -> Credential:
    """Revoke from now on, by authority of a Participant. The document stays what it is; whoever checks it learns since
    when and why it is not valid.

    One conditional statement decides between two revocations at once.

    Raises:
        ReasonMissing: a reason is empty in one language.
        RevokedAlready: it was revoked before.
    """
    reason = Reason(reason_en, reason_es)
    standing = Credential.objects.filter(pk=credential.pk, revoked_at__isnull=True)
    changed = standing.update(
        revoked_at=clock.now(),
        revoked_by=by,
        revocation_authority=authority,
        revocation_reason_en=reason.en,
        revocation_reason_es=reason.es,
    )
    credential.refresh_from_db()
    if not changed:
        assert credential.revoked_at is not None
        raise RevokedAlready(number=credential.number, day=credential.revoked_at.date())
    audit.record(
        "certificates.credential.revoked",
        credential,
        by=by,
        data={"number": credential.number, "authority": authority.code if authority else ""},
        before={"revoked_at": None},
        after={"revoked_at": credential.revoked_at},
    )
    return credential
