"""Offices nominate for a round. Whom a nominee resembles is written down for decision; nobody is merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from people import audit, clock
from people.audit import Deed
from people.models import Office, User

from ..exceptions import RoundClosed
from ..likeness import Identity, Known
from ..models import Cohort, Likeness, Nomination, Round
from .seats import lock_cohort, seats_free

State = Nomination.State


@dataclass(frozen=True, slots=True)
class Nominee:
    """One officer as the office writes it; the office says agency and Participant."""

    email: str
    given_names: str
    surname_1: str
    surname_2: str
    officer_number: str
    position: str
    language: str
    office: Office


@dataclass(slots=True)
class Nominated:
    """What came of it: new nominations, how many of them hold a seat, wait for one, or resemble somebody; and who was
    nominated for the round already."""

    made: list[Nomination] = field(default_factory=list)
    holding: int = 0
    waiting: int = 0
    to_decide: int = 0
    known: list[Nominee] = field(default_factory=list)


@transaction.atomic
def nominate(
    *,
    training_round: Round,
    cohort: Cohort | None,
    nominees: Sequence[Nominee],
    by: User | None,
) -> Nominated:
    """Nominate officers of one Participant. A seat of the cohort is held for each while there are any; the others wait.

    A fixed number of statements for each two thousand nominees. Holds the cohort's row while seats are counted, then
    the round's, so that nobody is nominated twice (which the database insists on as well).

    Raises:
        RoundClosed: the round has ended.
    """
    result = Nominated()
    if training_round.closes_on < clock.today():
        raise RoundClosed(round=training_round.code)
    free = seats_free(lock_cohort(cohort.pk)) if cohort else 0
    held = Round.objects.select_for_update(of=("self",)).get(pk=training_round.pk)
    known = list(_nominated(held, nominees))
    sides = {nominee.office.agency.participant_id for nominee in nominees}
    people = _accounts(sides)
    others = {
        side: Known(_identity(each, n) for n, each in enumerate(known) if each.participant_id == side) for side in sides
    }
    until = clock.today() + dt.timedelta(days=settings.PUENTE_SEAT_HOLD_DAYS)
    found: list[tuple[Nomination, dict[str, Any]]] = []
    accounts = {each.person_id for each in known if each.person_id}
    for nominee in nominees:
        one, side = _identity(nominee, None), nominee.office.agency.participant_id
        owner = people[side].same_address(one)
        if others[side].same_address(one) or (owner and owner.key in accounts):
            result.known.append(nominee)
            continue
        alike = people[side].resembling(one)
        person = owner.key if owner and owner.key not in alike else None
        gets_seat = cohort is not None and (free is None or free > 0)
        free = free - 1 if free else free
        made = _nomination(held, cohort, nominee, person, until if gets_seat else None, by)
        if cohort and not gets_seat:
            made.state = State.WAITING
        result.made.append(made)
        found += [(made, {"person_id": key, "why": why}) for key, why in alike.items()]
        found += [(made, {"other": known[key], "why": why}) for key, why in others[side].resembling(one).items()]
        others[side].add(_identity(nominee, len(known)))
        known.append(made)
        if person is not None:
            accounts.add(person)
    _write(held, result, found, by)
    return result


def _accounts(sides: set[int]) -> dict[int, Known]:
    """The accounts of each Participant: whom a nominee resembles is looked for on the own side alone. One query."""
    people = User.objects.filter(participant__in=sides, erased_at__isnull=True, is_superuser=False)
    fields = ("pk", "given_names", "surname_1", "surname_2", "email", "officer_number", "agency_id")
    known = {side: Known(()) for side in sides}
    for side, *row in people.values_list("participant_id", *fields):
        known[side].add(Identity(*row))
    return known


def _nominated(training_round: Round, nominees: Sequence[Nominee]) -> QuerySet[Nomination]:
    """The nominees of the round who were not declined, of the same Participants."""
    mine = Nomination.objects.filter(
        round=training_round, participant__in={each.office.agency.participant_id for each in nominees}
    )
    return mine.exclude(state=State.DECLINED).order_by("pk")


def _identity(one: Nominee | Nomination, key: int | None) -> Identity:
    agency = one.office.agency_id if isinstance(one, Nominee) else one.agency_id
    return Identity(key, one.given_names, one.surname_1, one.surname_2, one.email, one.officer_number, agency)


def _nomination(
    training_round: Round,
    cohort: Cohort | None,
    nominee: Nominee,
    person: int | None,
    held_until: dt.date | None,
    by: User | None,
) -> Nomination:
    return Nomination(
        round=training_round,
        cohort=cohort,
        person_id=person,
        participant_id=nominee.office.agency.participant_id,
        agency_id=nominee.office.agency_id,
        office=nominee.office,
        email=nominee.email.lower(),
        given_names=nominee.given_names,
        surname_1=nominee.surname_1,
        surname_2=nominee.surname_2,
        officer_number=nominee.officer_number,
        position=nominee.position,
        language=nominee.language,
        held_until=held_until,
        nominated_at=clock.now(),
        nominated_by=by,
    )


def _write(
    training_round: Round,
    result: Nominated,
    found: list[tuple[Nomination, dict[str, Any]]],
    by: User | None,
) -> None:
    Nomination.objects.bulk_create(result.made, batch_size=2000)
    Likeness.objects.bulk_create([Likeness(nomination=made, **to) for made, to in found], batch_size=2000)
    result.holding = sum(made.held_until is not None for made in result.made)
    result.waiting = sum(made.state == State.WAITING for made in result.made)
    result.to_decide = len({made.pk for made, _ in found})
    deeds = [
        Deed(
            "curricula.nomination.made",
            made,
            {"round": training_round.pk, "cohort": made.cohort_id, "person": made.person_id},
        )
        for made in result.made
    ]
    audit.record_all(deeds, by=by)
