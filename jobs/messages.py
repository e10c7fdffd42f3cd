"""The sentence for each error of a job, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def sentence(error: dict[str, Any]) -> str:
    """What happened and what to do next."""
    match error.get("code"):
        case "given_up":
            return _("The job was begun several times and never came to an end. Ask the operator to look at the worker's log.")
        case "unexpected":
            return _("Something unexpected happened. Nothing half-done was kept; ask the operator to look at the worker's log, then try again.")
        case _:
            return str(error.get("sentence") or error.get("code"))
