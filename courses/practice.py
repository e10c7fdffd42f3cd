"""What keeps the blocks that are done, and not read, from working: cases and checks. Pure but for its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .cases import case_faults
from .item_faults import faults_of

SENTENCES: dict[str, str | Promise] = {
    "case_without_end": _("The case never ends: every step has choices. Let one step end it."),
    "step_endless": _("From the step “%(step)s” no way leads to an end. Let one of its choices lead on."),
    "step_unknown": _("A choice leads to the step “%(step)s”, which the case does not have."),
    "step_unreached": _("No choice leads to the step “%(step)s”."),
}
"""What the codes of `courses.cases` say."""


def practice_faults(block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A code and a sentence for each: a case that cannot be walked, a check whose key cannot be right."""
    if block["type"] == "scenario":
        for code, step in case_faults(block):
            yield code, str(SENTENCES[code]) % {"step": step}
    if block["type"] == "check":
        options = [
            option | {"correct": option.get("letter") == block.get("key")} for option in block.get("options", [])
        ]
        for fault in faults_of({"kind": "single", "stem": block.get("stem", {}), "options": options}):
            yield fault.code, fault.sentence
