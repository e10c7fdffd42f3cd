"""What certificates hear from below."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.dispatch import receiver

from curricula.models import Enrollment
from curricula.signals import curriculum_completed

from .services.issuance import issue_credential


@receiver(curriculum_completed)
def issue(enrollment_id: int, completed_at: dt.datetime, **_: Any) -> None:
    """A curriculum ended: its credential is committed with that decision, or not at all."""
    enrollment = Enrollment.objects.select_related(
        "person", "office", "cohort__edition__curriculum", "kept_edition__curriculum"
    ).get(pk=enrollment_id)
    issue_credential(enrollment=enrollment, at=completed_at)
