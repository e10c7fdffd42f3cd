"""What jobs hear from below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from people.signals import letters_written

from .outbox import ask_for_sending


@receiver(letters_written)
def send(**_: Any) -> None:
    """Letters lie in the outbox: they go as soon as they are committed."""
    ask_for_sending()
