"""How django-allauth behaves here: nobody signs up alone; a program manager invites."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Self-registration is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
