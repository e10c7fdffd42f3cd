"""The facts of a joint decision: what was decided, by whom, for which goals. Plain JSON that can be hashed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courses.models import FrozenCourse, Instrument
from people.models import User

from .models import CurriculumEdition

SCHEMA = 1


def facts_of(
    edition: CurriculumEdition, courses: Sequence[FrozenCourse], superseded: CurriculumEdition | None, by: User | None
) -> dict[str, Any]:
    """The facts as they are at publication. People stand there by their numbers, times as ISO 8601 in UTC.

    Texts are pairs `{en, es}`: `curriculum`, `owner` (None where there is none), `goals` with their instrument, and
    `courses`; `approvals` in the order in which they were given; `requests` counts the changes that were asked for of
    this curriculum's candidates since the edition before.
    """
    curriculum, owner = edition.curriculum, edition.curriculum.owner
    return {
        "schema": SCHEMA,
        "curriculum": {"code": curriculum.code, "title": {"en": curriculum.title_en, "es": curriculum.title_es}},
        "edition": {
            "number": edition.label,
            "kind": edition.kind,
            "reason": edition.reason,
            "corrected": edition.corrected_codes,
            "sha256": edition.sha256,
            "supersedes": superseded.label if superseded else None,
        },
        "owner": {"code": owner.code, "name": {"en": owner.name_en, "es": owner.name_es}} if owner else None,
        "goals": _goals(courses),
        "courses": [
            {
                "code": course.code,
                "title": course.content["title"],
                "hours": course.content["hours"],
                "sha256": course.sha256,
            }
            for course in courses
        ],
        "proposed": {"person": edition.proposed_by_id, "at": edition.proposed_at.isoformat()},
        "approvals": [
            {
                "participant": {
                    "code": given.participant.code,
                    "name": {"en": given.participant.name_en, "es": given.participant.name_es},
                },
                "person": given.approver_id,
                "at": given.decided_at.isoformat(),
                "sha256": given.sha256,
            }
            for given in edition.approvals.select_related("participant").order_by("decided_at")
        ],
        "requests": _requests(edition, superseded),
        "published": {
            "person": by.pk if by else None,
            "at": edition.published_at.isoformat() if edition.published_at else None,
        },
    }


def _goals(courses: Sequence[FrozenCourse]) -> list[dict[str, Any]]:
    """Each goal that a course serves, once, with its instrument's name as it is now."""
    instruments = Instrument.objects.in_bulk(field_name="code")
    goals = {
        (goal["instrument"], goal["number"]): goal["name"] for course in courses for goal in course.content["goals"]
    }
    return [
        {
            "instrument": {
                "code": code,
                "name": {"en": instruments[code].name_en, "es": instruments[code].name_es},
            },
            "number": number,
            "name": name,
        }
        for (code, number), name in sorted(goals.items(), key=lambda each: each[0])
        if code in instruments
    ]


def _requests(edition: CurriculumEdition, superseded: CurriculumEdition | None) -> int:
    since = CurriculumEdition.objects.filter(curriculum=edition.curriculum, pk__lte=edition.pk)
    if superseded:
        since = since.filter(pk__gt=superseded.pk)
    return sum(each.change_requests.count() for each in since)
