"""Rounds are set up and changed; each Participant sets its own targets, and every version is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from people import audit, clock
from people.models import Agency, Office, Participant, User

from ..exceptions import TargetsUnchanged
from ..models import Curriculum, Round, TargetLine, TargetVersion


@dataclass(frozen=True, slots=True)
class Target:
    """So many persons of a place and a position."""

    agency: Agency | None
    office: Office | None
    position: str
    persons: int

    @property
    def key(self) -> tuple[int | None, int | None, str, int]:
        return (
            self.agency.pk if self.agency else None,
            self.office.pk if self.office else None,
            self.position,
            self.persons,
        )


@transaction.atomic
def save_round(*, training_round: Round, curricula: Iterable[Curriculum], by: User | None) -> Round:
    """Write a round, new or changed, with its curricula."""
    known = Round.objects.filter(pk=training_round.pk).first() if training_round.pk else None
    before = audit.values_of(known) | {"curricula": _codes(known)} if known else None
    training_round.save()
    training_round.curricula.set(curricula)
    action = "curricula.round.changed" if known else "curricula.round.created"
    after = audit.values_of(training_round) | {"curricula": _codes(training_round)}
    if before != after:
        audit.record(action, training_round, by=by, before=before, after=after)
    return training_round


@transaction.atomic
def set_targets(
    *,
    training_round: Round,
    participant: Participant,
    targets: Sequence[Target],
    reason: str,
    by: User | None,
    holds_from: dt.date | None = None,
) -> TargetVersion:
    """Set all targets of a Participant anew: the next version, from a day on. Versions before stay as they are.

    Holds the round's row, so that two versions never have one number (which the database insists on as well).

    Raises:
        TargetsUnchanged: the version that holds says the same.
    """
    held = Round.objects.select_for_update(of=("self",)).get(pk=training_round.pk)
    last = TargetVersion.objects.filter(round=held, participant=participant).order_by("-number").first()
    lines = list(last.lines.all()) if last else []
    old = sorted(((line.agency_id, line.office_id, line.position, line.persons) for line in lines), key=str)
    if last and old == sorted((target.key for target in targets), key=str):
        raise TargetsUnchanged
    version = TargetVersion.objects.create(
        round=held,
        participant=participant,
        number=last.number + 1 if last else 1,
        holds_from=holds_from or clock.today(),
        reason=reason,
        set_at=clock.now(),
        set_by=by,
    )
    TargetLine.objects.bulk_create(
        [
            TargetLine(
                version=version,
                agency=target.agency,
                office=target.office,
                position=target.position,
                persons=target.persons,
            )
            for target in targets
        ]
    )
    audit.record(
        "curricula.round.targets_set",
        held,
        by=by,
        data={"participant": participant.pk, "number": version.number},
        before={"persons": sum(line.persons for line in lines)},
        after={"persons": sum(target.persons for target in targets)},
        concerns=participant.pk,
    )
    return version


def _codes(training_round: Round | None) -> list[str]:
    return sorted(training_round.curricula.values_list("code", flat=True)) if training_round else []
