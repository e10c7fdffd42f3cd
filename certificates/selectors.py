"""Reads that pages share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet

from people import clock
from people.models import User

from .models import Credential, Standing


def certificates_of(person: User) -> QuerySet[Credential]:
    """A person's certificates, newest first, each with its edition and curriculum. One query."""
    return Credential.objects.filter(person=person).select_related("edition__curriculum")


def holders(curricula: Collection[int], participant: int) -> dict[tuple[int, int], dt.date | None]:
    """Who of a Participant holds a valid certificate of which curriculum today, and its last day (None: it does not
    end). The answer to the slot of `curricula`. One query."""
    valid = Credential.objects.standing(Standing.VALID, clock.now()).filter(
        edition__curriculum__in=curricula, person__participant=participant
    )
    found: dict[tuple[int, int], dt.date | None] = {}
    for person, curriculum, until in valid.values_list("person_id", "edition__curriculum_id", "valid_until"):
        known = found.get((person, curriculum), dt.date.min)
        found[person, curriculum] = None if until is None or known is None else max(known, until)
    return found
