"""The sentence for each error of a list of attendance: what, where, and how to mend it, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .attendance_list import MOST_LINES, ListError

SENTENCES: dict[str, str | Promise] = {
    "empty": _("The list names no officer. Write one officer a line, beginning with the number."),
    "too_long": _("The list has more than %(most)s lines. Split it."),
    "unknown_number": _(
        "Line %(line)s: no officer of yours with the number “%(value)s” has a seat in this session. Correct the "
        "number, or sign the officer up first."
    ),
    "unknown_state": _(
        "Line %(line)s: “%(value)s” does not say how the officer attended. Write present, partial, absent or excused."
    ),
    "minutes_missing": _("Line %(line)s: whoever was partly present needs minutes. Write them as the third value."),
    "minutes_wrong": _(
        "Line %(line)s: “%(value)s” are no minutes of this session. Write a whole number, at most its length."
    ),
    "twice": _("Line %(line)s: “%(value)s” stands already in line %(first)s. Keep one of the two lines."),
}


def sentence(error: ListError) -> str:
    """The error in words."""
    return str(SENTENCES[error.code]) % {
        "line": error.line, "value": error.value, "first": error.first, "most": MOST_LINES
    }  # fmt: skip
