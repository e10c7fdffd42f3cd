"""The pre-assessment on the page of a course, and what was gained on the result of the final assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from ..content import content_of
from ..gain import gain_of, items_of
from ..models import Attempt, CourseRecord, PreAssessment, Response

register = template.Library()


@register.inclusion_tag("courses/pre_assessment_line.html")
def pre_assessment_line(course: Mapping[str, Any], record: CourseRecord | None) -> dict[str, Any]:
    """Whether it is open, handed in or closed, with the rule in words. No query when the course has none."""
    count = len(items_of(course))
    if not count or record is None:
        return {"count": 0}
    taken = PreAssessment.objects.filter(record=record).first()
    return {"course": course, "count": count, "taken": taken, "is_closed": not taken and record.lessons.exists()}


@register.inclusion_tag("courses/gain.html")
def gain(attempt: Attempt) -> dict[str, Any]:
    """The gain between the pre-assessment and a final assessment that was handed in. No query when there is none."""
    content = content_of(attempt.content_sha256)
    if not items_of(content.data) or attempt.state != Attempt.State.SUBMITTED:
        return {"gain": None}
    taken = PreAssessment.objects.filter(record=attempt.record_id, submitted_at__isnull=False).first()
    if taken is None:
        return {"gain": None}
    before = items_of(content_of(taken.content_sha256).data)
    after = [content.items[place["item"]] for place in attempt.layout]
    answers = dict(Response.objects.filter(attempt=attempt).values_list("item_code", "answer"))
    return {"gain": gain_of(before, taken.answers, after, answers), "taken": taken}
