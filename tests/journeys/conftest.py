"""The demonstration round on a few officers: the real curricula, real rosters, lived through the services."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from lms.demonstration.accounts import PASSWORD

OFFICERS = 24
SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Sign in by the form, as a person does."""

    def enter(email: str, language: str = "en") -> Client:
        client = Client()
        response = client.post(f"/{language}/account/login/", {"login": email, "password": PASSWORD})
        assert response.status_code == 302, response.content.decode()
        return client

    return enter


def load_and_live(officers: int = OFFICERS) -> None:
    """`load_curricula` and `demo`, as `make run` does."""
    call_command("load_curricula", drafts_only=True, stdout=StringIO())
    call_command("demo", officers=officers, stdout=StringIO())
