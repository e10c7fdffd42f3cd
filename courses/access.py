"""Which course record a person may work in. The answer comes from above, through a slot that is closed by default."""

from __future__ import annotations

from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from people.models import User

from .models import CourseRecord


class RecordSlot(Protocol):
    """Gives the record in which a person follows a course now, with its frozen course (content deferred), or None."""

    def __call__(self, user: User, course_code: str) -> CourseRecord | None: ...


def record_for(user: User, course_code: str) -> CourseRecord | None:
    """The person's open record in a course; None when the person does not follow it."""
    path = getattr(settings, "COURSES_RECORD_SLOT", None)
    return cast("RecordSlot", import_string(path))(user, course_code) if path else None
