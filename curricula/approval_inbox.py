"""The inbox of an approver: what waits for the own decision, what waits for somebody else, what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from people import clock
from people.models import Participant, User

from .models import CurriculumEdition

LATEST = 30
"""How many decided editions are listed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A candidate; `missing` are the codes of the Participants that have not approved it, `sent_back` says that changes
    were asked for, `is_ready` that every Participant has approved and somebody may publish it."""

    edition: CurriculumEdition
    missing: list[str]
    sent_back: bool
    is_ready: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """The three parts, newest first."""

    for_you: list[Waiting]
    for_others: list[Waiting]
    decided: QuerySet[CurriculumEdition]


def approvals_inbox(person: User) -> Inbox:
    """What one approver sees. Five queries, whatever the number of editions."""
    participants = list(Participant.objects.on(clock.today()))
    editions = CurriculumEdition.objects.select_related("curriculum", "proposed_by").prefetch_related(
        "approvals__participant"
    )
    mine: list[Waiting] = []
    others: list[Waiting] = []
    for edition in editions.open().order_by("-proposed_at"):
        given = {approval.participant_id for approval in edition.approvals.all()}
        sent_back = edition.state == CurriculumEdition.State.CHANGES_REQUESTED
        missing = [each.code for each in participants if each.pk not in given]
        waiting = Waiting(edition, missing, sent_back, is_ready=not missing and not sent_back)
        own = person.participant_id is not None and person.participant_id not in given
        decides = own and not sent_back and edition.proposed_by_id != person.pk
        (mine if decides or waiting.is_ready else others).append(waiting)
    decided = editions.exclude(pk__in=CurriculumEdition.objects.open().values("pk")).order_by("-proposed_at", "-pk")
    return Inbox(mine, others, decided[:LATEST])
