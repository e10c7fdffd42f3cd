"""Doing an action to many officers, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from people import audit
from people.exceptions import DomainError
from people.models import User

from ..bulk import BulkAction, Given
from ..models import Cohort
from ..models.cohort import EnrollmentQuerySet

BATCH = 20


@dataclass(frozen=True, slots=True)
class Refused:
    """One officer to whom it was not done, and why."""

    officer: str
    name: str
    refusal: DomainError


def act_on_many(
    *, action: BulkAction, enrollments: EnrollmentQuerySet, ids: Sequence[int], given: Given, by: User
) -> Iterator[tuple[int, list[Refused]]]:
    """Do it to those of `ids` that are among `enrollments`; yields, within the transaction of each batch, how many were
    handled and who was refused. Whoever keeps the place in the list does so before asking for more: both are kept, or
    neither, so that a run that goes on doubles and skips nobody."""
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            batch = ids[start : start + BATCH]
            found = enrollments.filter(pk__in=batch).select_related("person", "cohort__edition").in_bulk()
            refused = []
            for one in (found[pk] for pk in batch if pk in found):
                try:
                    with transaction.atomic():
                        action.act(one, given, by)
                except DomainError as refusal:
                    refused.append(Refused(one.person.officer_number, one.person.full_name, refusal))
            yield len(batch), refused


@transaction.atomic
def record_bulk_action(*, action: BulkAction, cohort: Cohort, count: int, by: User) -> None:
    """That somebody asked for it; what was done stands with each officer."""
    audit.record("curricula.cohort.bulk_action", cohort, by=by, data={"kind": action.name, "count": count})
