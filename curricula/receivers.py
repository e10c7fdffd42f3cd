"""What curricula hear from below."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.dispatch import receiver

from courses.signals import course_completed

from .services.completion import complete_enrollment_of


@receiver(course_completed)
def decide_completion(record_id: int, completed_at: dt.datetime, **_: Any) -> None:
    """A course ended: perhaps the curriculum did."""
    complete_enrollment_of(record_id=record_id, at=completed_at, by=None)
