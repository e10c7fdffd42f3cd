"""The demonstration round on a few officers: the real curricula, real rosters, lived through the services."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from lms.demonstration.accounts import PASSWORD
from people import clock
from tests.remembered import remembered

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


def load_and_live(officers: int = OFFICERS, folder: Path | None = None) -> None:
    """`load_curricula` and `demo`, as `make run` does; by default with the courses of the first editions alone."""

    def make() -> None:
        with override_settings(PUENTE_CONTENT_DIR=folder or first_editions()):
            call_command("load_curricula", drafts_only=True, folder=settings.PUENTE_CONTENT_DIR, stdout=StringIO())
            call_command("demo", officers=officers, stdout=StringIO())

    remembered(("lived through", officers, folder, clock.today()), make)


@cache
def first_editions() -> Path:
    """The sources that ship, with two courses a curriculum in place of ten and six: a fifth of the time to load."""
    folder = Path(settings.PUENTE_VAR_DIR) / "first-editions"
    return with_first_editions(settings.PUENTE_CONTENT_DIR, folder)


def with_first_editions(content: Path, folder: Path) -> Path:
    """A copy of the sources in `folder` whose curricula are the first editions."""
    shutil.copytree(content, folder)
    data = yaml.safe_load((folder / "foundation.yaml").read_text(encoding="utf-8"))
    ready = yaml.safe_load((folder / "demonstration.yaml").read_text(encoding="utf-8"))["first_editions"]
    for row in data["curricula"]:
        row["courses"] = ready[row["code"]]
    (folder / "foundation.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder
