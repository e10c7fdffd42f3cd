"""The administration reads as Spanish throughout.

Wagtail's own Spanish catalogs trail its English ones, and a message that they lack shows in English amid Spanish ones.
`locale/wagtail` holds what is missing; a new version of Wagtail may bring messages that it must then be given.
"""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from django.apps import apps

from lms.catalogs import LOCALE

WAGTAIL = [Path(app.path) / "locale" for app in apps.get_app_configs() if app.name.split(".")[0] == "wagtail"]
type Message = tuple[str | None, str, str]


def messages(folder: Path, language: str, domain: str) -> dict[Message, bool]:
    """The messages of a catalog, and whether each has its texts."""
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural): entry.translated()
        for entry in (polib.pofile(str(path)) if path.exists() else [])
        if not entry.obsolete
    }


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_message_of_wagtail_has_a_spanish_text(domain: str) -> None:
    """A translator's blank counts as missing, and so does a fuzzy text, which is never shown."""
    asked = {message for folder in WAGTAIL for message in messages(folder, "en", domain)}
    given = {
        message
        for folder in [*WAGTAIL, LOCALE / "wagtail"]
        for message, has_texts in messages(folder, "es", domain).items()
        if has_texts
    }
    assert asked
    assert not sorted(msgid for _, msgid, _ in asked - given)
