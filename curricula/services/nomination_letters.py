"""Letters about nominations: to each nominee, and one to each person who nominated, in the recipient's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from people.models import User
from people.services.correspondence import Draft, write_letters

from ..models import Nomination

State = Nomination.State
TOLD = {State.ACCEPTED: "nomination_accepted", State.WAITING: "nomination_waiting"}
"""What a nominee is told. Who was declined need not know of the nomination: the nominator is told."""


def tell_of_decisions(nominations: Sequence[Nomination]) -> None:
    """Write the letters about nominations that were decided alike. Two statements, whatever their number."""
    kind = TOLD.get(State(nominations[0].state)) if nominations else None
    if kind:
        drafts = [_to_nominee(each, each.person) for each in nominations if each.person and each.person.is_active]
        write_letters(kind=kind, drafts=drafts)
    nominators: dict[int, list[Nomination]] = defaultdict(list)
    for each in nominations:
        if each.nominated_by and each.nominated_by.is_active and each.nominated_by_id != each.decided_by_id:
            nominators[each.nominated_by.pk].append(each)
    write_letters(kind="nominations_decided", drafts=[_to_nominator(group) for group in nominators.values()])


def _to_nominee(nomination: Nomination, person: User) -> Draft:
    return Draft(to=person, values=_round(nomination) | _cohort(nomination) | {
        "name": person.full_name, "link": _address(person, "my_learning"),
    })  # fmt: skip


def _to_nominator(group: Sequence[Nomination]) -> Draft:
    first = group[0]
    nominator = first.nominated_by
    assert nominator
    values = _round(first) | {
        "name": nominator.full_name,
        "persons": len(group),
        "state": first.state,
        "link": _address(nominator, "curricula:nominations", first.round.code),
    }
    return Draft(to=nominator, values=values)


def _round(nomination: Nomination) -> dict[str, Any]:
    return {"round_en": nomination.round.name_en, "round_es": nomination.round.name_es, "reason": nomination.reason}


def _cohort(nomination: Nomination) -> dict[str, Any]:
    cohort, enrollment = nomination.cohort, nomination.enrollment
    if cohort is None:
        return {}
    due_on = enrollment.due_on if enrollment and enrollment.due_on else cohort.closes_on
    return {
        "cohort_en": cohort.name_en,
        "cohort_es": cohort.name_es,
        "opens_on": cohort.opens_on.isoformat(),
        "due_on": due_on.isoformat(),
    }


def _address(person: User, view: str, *arguments: Any) -> str:
    with override(person.preferred_language):
        return f"{settings.PUENTE_BASE_URL}{reverse(view, args=arguments)}"
