"""The reasons and the rules of officers at risk, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .risk import FAILED, INACTIVE, NOT_STARTED, PACE, Reason

LABELS = {
    NOT_STARTED: gettext_lazy("Days after the opening without having started"),
    INACTIVE: gettext_lazy("Days without activity"),
    PACE: gettext_lazy("Percentage points behind the plan"),
    FAILED: gettext_lazy("Attempts at a quiz without passing it"),
}


def sentence(reason: Reason) -> str:
    """Why, in one sentence with its figures."""
    if reason.rule == NOT_STARTED:
        said = ngettext(
            "Has opened nothing since the start %(n)s day ago.",
            "Has opened nothing since the start %(n)s days ago.",
            reason.number,
        )
        return said % {"n": reason.number}
    if reason.rule == INACTIVE:
        said = ngettext("Nothing done for %(n)s day.", "Nothing done for %(n)s days.", reason.number)
        return said % {"n": reason.number}
    if reason.rule == PACE:
        return _("%(percent)s%% of the work done; the plan expects %(expected)s%% by today.") % {
            "percent": reason.number,
            "expected": reason.expected,
        }
    said = ngettext(
        "%(n)s attempt at %(quiz)s without passing.", "%(n)s attempts at %(quiz)s without passing.", reason.number
    )
    return said % {"n": reason.number, "quiz": reason.what}


def sentences_kept(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """The reasons of a decision as they stood, in the reader's language of today."""
    return [sentence(Reason(**reason)) for reason in reasons]
