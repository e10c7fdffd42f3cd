"""The letters of reminders: to the officer one each, to a supervisor one about all officers of a sweep's batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from people.models import Letter
from people.services.correspondence import Draft, write_letters

from .. import reminder_letter_kinds as letters
from ..reminder_plan import Planned
from ..reminder_rules import Rules
from ..reminding import ESCALATED, INACTIVE


def write_reminder_letters(*, planned: Sequence[Planned], hours: Rules) -> dict[int, Letter]:
    """Write them in at most three statements; the letter of each planned reminder, by its place in the sequence."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(planned):
        if each.occasion and each.occasion.kind != ESCALATED:
            by_kind[letters.INACTIVE if each.occasion.kind == INACTIVE else letters.DUE].append(index)
    written: dict[int, Letter] = {}
    for kind, indexes in by_kind.items():
        drafts = [_to_officer(planned[index], hours) for index in indexes]
        written |= dict(zip(indexes, write_letters(kind=kind, drafts=drafts), strict=True))
    return written | _to_supervisors(planned, hours)


def _to_officer(planned: Planned, hours: Rules) -> Draft:
    assert planned.occasion
    person = planned.recipient
    with override(person.preferred_language):
        link = f"{str(settings.PUENTE_BASE_URL).rstrip('/')}{reverse('my_learning')}"
    values = _about(planned) | {
        "name": person.full_name,
        "number": planned.occasion.number,
        "days": planned.days,
        "most": hours.hours_of(person.participant_id).most_per_week,
        "link": link,
    }
    return Draft(to=person, values=values)


def _to_supervisors(planned: Sequence[Planned], hours: Rules) -> dict[int, Letter]:
    by_chief: dict[int, list[int]] = defaultdict(list)
    for index, each in enumerate(planned):
        if each.occasion and each.occasion.kind == ESCALATED:
            by_chief[each.recipient.pk].append(index)
    drafts = []
    for indexes in by_chief.values():
        first = planned[indexes[0]]
        chief = first.recipient
        officers = [_about(planned[index]) | {"name": planned[index].enrollment.person.full_name} for index in indexes]
        values = {
            "name": chief.full_name,
            "participant": first.enrollment.participant.code,
            "after": hours.hours_of(chief.participant_id).escalate_after,
            "officers": officers,
        }
        drafts.append(Draft(to=chief, values=values))
    written = write_letters(kind=letters.ESCALATED, drafts=drafts)
    return {index: letter for indexes, letter in zip(by_chief.values(), written, strict=True) for index in indexes}


def _about(planned: Planned) -> dict[str, Any]:
    assert planned.occasion
    curriculum = planned.enrollment.cohort.edition.curriculum
    return {
        "title_en": curriculum.title_en,
        "title_es": curriculum.title_es,
        "participant": planned.enrollment.participant.code,
        "day": planned.occasion.day.isoformat(),
        "due_on": planned.standing.due_on.isoformat(),
    }
