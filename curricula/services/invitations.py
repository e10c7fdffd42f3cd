"""The officers of a cohort who cannot sign in yet are invited, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from people import audit
from people.access import require
from people.models import User
from people.roles import Right
from people.services.invitations import invite_people

from ..models import Cohort
from ..selectors import officers_to_invite

INVITING = "invite_officers"
BATCH = 500


def invite_officers(*, cohort: Cohort, by: User) -> Iterator[int]:
    """Invite whoever of the cohort the inviter may see and nobody has invited; yields how many after each batch.

    Each batch is one transaction with a fixed number of statements. Begun again, it goes on with those who are left.

    Raises:
        PermissionDenied: the right was lost since.
    """
    require(by, Right.INVITE)
    while batch := list(officers_to_invite(cohort, by)[:BATCH]):
        with transaction.atomic():
            invitations = invite_people(people=batch, by=by)
            people = [invitation.person_id for invitation in invitations]
            audit.record("curricula.cohort.invited", cohort, by=by, data={"persons": len(people), "people": people})
        if not invitations:
            return
        yield len(invitations)
