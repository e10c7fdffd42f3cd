"""The record of who did what, in the same transaction as the deed: Wagtail's own log, with stable codes."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.log_actions import log

from . import clock
from .models import User


def record(action: str, instance: models.Model, *, by: User | None, data: dict[str, Any] | None = None) -> None:
    """Write one entry, such as `curricula.enrollment.withdrawn`. `by` is None when the system acts."""
    log(instance=instance, action=action, user=by, data=data or {}, timestamp=clock.now())
