"""Requirements are set and changed; whoever lacks what is required is nominated for a round in one step."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from people import audit
from people.models import User

from ..models import Cohort, Requirement, Round
from .nominating import Nominated, Nominee, nominate


@transaction.atomic
def save_requirement(*, requirement: Requirement, by: User | None) -> Requirement:
    """Write a requirement, new or changed."""
    known = Requirement.objects.filter(pk=requirement.pk).first() if requirement.pk else None
    before = audit.values_of(known) if known else None
    requirement.set_by = requirement.set_by or by
    requirement.save()
    audit.record_saved(requirement, before, by=by)
    return requirement


@transaction.atomic
def nominate_people(
    *,
    training_round: Round,
    cohort: Cohort | None,
    people: Sequence[User],
    by: User | None,
) -> Nominated:
    """Nominate people whose accounts are known, as they stand there. See `nominate` for locks and refusals."""
    nominees = [
        Nominee(
            email=person.email,
            given_names=person.given_names,
            surname_1=person.surname_1,
            surname_2=person.surname_2,
            officer_number=person.officer_number,
            position=person.position,
            language=person.preferred_language,
            office=person.office,
        )
        for person in people
        if person.office
    ]
    return nominate(training_round=training_round, cohort=cohort, nominees=nominees, by=by)
