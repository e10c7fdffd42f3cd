"""Keeps the sources of lessons in step with the drafts, and records that somebody looked at one again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from people import audit, clock
from people.models import User

from ..exceptions import FindingMissing, ReviewDayInThePast
from ..models import LessonPage, LessonSource, SourceReview
from ..sources import due_day, read_sources

KEPT = [field.name for field in LessonSource._meta.concrete_fields if field.name not in {"id", "page", "tag"}]


@transaction.atomic
def follow_sources(*, page: LessonPage, rows: Any) -> None:
    """Bring the sources of a lesson in step with its draft. At most three statements.

    Where the draft says other days than before, its day counts from now on; else the one that was said last stays.
    """
    before = {source.tag: source for source in LessonSource.objects.filter(page_id=page.pk)}
    written = []
    for position, row in enumerate(read_sources(rows)):
        known = before.pop(row["tag"], None)
        values = {**row, "position": position}
        if known and all(getattr(known, name) == value for name, value in values.items()):
            continue
        same_days = known and (known.consulted_on, known.review_by) == (row["consulted_on"], row["review_by"])
        due_on = known.due_on if known and same_days and known.kind == row["kind"] else due_day(row)
        written.append(LessonSource(page_id=page.pk, due_on=due_on, **values))
    if before:
        LessonSource.objects.filter(pk__in=[source.pk for source in before.values()]).delete()
    LessonSource.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["page", "tag"], update_fields=KEPT, batch_size=200
    )


@transaction.atomic
def review_source(*, source: LessonSource, reason: str, due_on: dt.date, by: User, alike: bool = False) -> int:
    """Record that a source was looked at today, what was found, and by when it is looked at again. How many sources.

    With `alike`, the same holds for the same citation in other lessons. Holds the rows of those sources. No text
    changes, so no candidate falls away.

    Raises:
        FindingMissing: no word of what was found. ReviewDayInThePast: the next day is not after today.
    """
    if not reason.strip():
        raise FindingMissing
    if due_on <= clock.today():
        raise ReviewDayInThePast
    rows = LessonSource.objects.select_for_update().select_related("page")
    held = list(rows.filter(reference=source.reference) if alike else rows.filter(pk=source.pk))
    _keep(held, reason.strip(), due_on, by)
    return len(held)


def _keep(held: Iterable[LessonSource], reason: str, due_on: dt.date, by: User) -> None:
    held, now = list(held), clock.now()
    SourceReview.objects.bulk_create(
        SourceReview(
            lesson_code=each.page.code, tag=each.tag, reference=each.reference, reviewed_at=now, reviewed_by=by,
            reason=reason, due_before=each.due_on, due_on=due_on,
        )
        for each in held
    )  # fmt: skip
    deeds = [
        audit.Deed(
            "courses.source.reviewed", each, data={"lesson": each.page.code, "tag": each.tag},
            before={"due_on": each.due_on}, after={"due_on": due_on},
        )
        for each in held
    ]  # fmt: skip
    LessonSource.objects.filter(pk__in=[each.pk for each in held]).update(due_on=due_on)
    audit.record_all(deeds, by=by)
