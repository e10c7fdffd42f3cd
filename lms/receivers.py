"""What the composition root does when others state a fact."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from .middleware import SIGNED_OUT


@receiver(user_logged_out)
def remember_the_sign_out(sender: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    """The answer to this request tells the browser to clear what it kept."""
    if request is not None:
        setattr(request, SIGNED_OUT, True)
