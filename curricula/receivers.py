"""What curricula hear from below."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from courses.signals import course_completed
from people.models import User

from .models import Enrollment
from .services.completion import complete_enrollment_of
from .services.life import take_up_places


@receiver(course_completed)
def decide_completion(record_id: int, completed_at: dt.datetime, **_: Any) -> None:
    """A course ended: perhaps the curriculum did."""
    complete_enrollment_of(record_id=record_id, at=completed_at, by=None)


@receiver(user_logged_in, dispatch_uid="curricula.taken_up")
def take_up_what_was_offered(user: User, **_: Any) -> None:
    """Somebody signed in: places to which they were invited are theirs now."""
    if Enrollment.objects.filter(person=user, state=Enrollment.State.INVITED).exists():
        take_up_places(person=user, by=user)
