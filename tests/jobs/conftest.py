"""People who ask for jobs, and the kinds of jobs they ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from jobs.models import Job
from jobs.services import enqueue
from people.models import Participant, User

from .workshop import job_kinds  # noqa: F401 (registers the kinds in this process)

Ask = Callable[..., Job]


@pytest.fixture
def sides(db: None) -> dict[str, Participant]:
    return {
        code: Participant.objects.create(
            code=code, name_en=code, name_es=code, country_en="x", country_es="x", position=n
        )
        for n, code in enumerate(("one", "two"), 1)
    }


@pytest.fixture
def asker(sides: dict[str, Participant]) -> User:
    return User.objects.create_user(
        "asker@one.example", given_names="Ana", surname_1="Ruiz", participant=sides["one"], preferred_language="es"
    )


@pytest.fixture
def stranger(sides: dict[str, Participant]) -> User:
    return User.objects.create_user(
        "stranger@two.example", given_names="Eva", surname_1="Paz", participant=sides["two"]
    )


@pytest.fixture
def ask() -> Ask:
    """Ask for a job of the workshop."""

    def ask_for(kind: str = "count", by: User | None = None, key: str = "", **params: object) -> Job:
        return enqueue(kind=kind, params={"pieces": 3, **params}, by=by, key=key)

    return ask_for


@pytest.fixture
def as_user(client: Client) -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
