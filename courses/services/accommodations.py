"""Accommodations: granted, changed, withdrawn; and what holds for a person today."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from people import audit, clock
from people.models import User

from ..models import Accommodation

MOST = ("extra_time_percent", "breaks_allowed", "break_minutes", "until_on")


@transaction.atomic
def grant_accommodation(
    *,
    person: User,
    extra_time_percent: int,
    breaks_allowed: int,
    break_minutes: int,
    until_on: dt.date | None,
    by: User,
) -> Accommodation:
    """What holds for a person's attempts from now on, in place of what held before. Attempts that began keep theirs.

    Holds the person's row, so that two who grant at once make one accommodation.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    values = {
        "extra_time_percent": extra_time_percent,
        "breaks_allowed": breaks_allowed,
        "break_minutes": break_minutes,
        "until_on": until_on,
    }
    known = Accommodation.objects.filter(person=person).first()
    before = {name: getattr(known, name) for name in MOST} if known else {}
    granted, _ = Accommodation.objects.update_or_create(person=person, defaults={**values, "granted_at": clock.now()})
    audit.record(
        "courses.accommodation.granted",
        granted,
        by=by,
        data={"person": person.pk},
        before=before,
        after=values,
        concerns=person.participant_id,
    )
    return granted


@transaction.atomic
def withdraw_accommodation(*, person: User, by: User) -> bool:
    """Take it back. False when there was none."""
    known = Accommodation.objects.select_for_update().filter(person=person).first()
    if known is None:
        return False
    audit.record(
        "courses.accommodation.withdrawn",
        known,
        by=by,
        data={"person": person.pk},
        before={name: getattr(known, name) for name in MOST},
        concerns=person.participant_id,
    )
    known.delete()
    return True


def accommodation_of(person_id: int) -> Accommodation:
    """What holds for a person today; one that grants nothing when there is none. One query."""
    today = Q(until_on=None) | Q(until_on__gte=clock.today())
    return Accommodation.objects.filter(today, person_id=person_id).first() or Accommodation(person_id=person_id)
