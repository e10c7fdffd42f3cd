"""What courses do when a draft is saved."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from .services.parity import follow_draft
from .signals import draft_saved


@receiver(draft_saved)
def follow(thing: Any, content: dict[str, Any], by: Any, **_: Any) -> None:
    follow_draft(thing=thing, content=content, by=by)
