"""Why a file is not taken: what is wrong with it, and how to mend it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..exceptions import DomainError

SENTENCES: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose the file again, or save it anew in the program that made it."),
    "too_large": _("The file has %(found)s; at most %(most)s are taken. Make it smaller, or split it."),
    "wrong_kind": _(
        "The file holds %(found)s, whatever its name says. Here are taken: %(known)s. Save it in one of these formats."
    ),
    "wrong_name": _(
        "The file holds %(found)s, but its name ends in “.%(ending)s”. Give it the ending that fits its content."
    ),
    "broken": _("The file is damaged and cannot be opened. Open it in the program that made it and save it anew."),
    "svg": _("SVG drawings can hold programs and are not taken. Export the drawing as PNG."),
    "too_many_pixels": _(
        "The picture has %(found)s million pixels; at most %(most)s million are taken. Save it at a smaller size."
    ),
    "too_many_pages": _("The PDF has %(found)s pages; at most %(most)s are taken. Split it."),
    "encrypted": _("The file is locked with a password. Save it without one."),
    "active": _(
        "The file holds programs, macros or other files inside (%(found)s). "
        "Save it without them; for a PDF, print it into a new PDF."
    ),
    "unpacks": _("The file unpacks to more than %(most)s. Files that grow so much are not taken; make it smaller."),
    "long_line": _(
        "Line %(row)s has more than %(most)s characters. That is no table with one row for each record; save it anew."
    ),
    "unreadable_text": _("The file is not readable text. Save it as “CSV UTF-8” or as plain text in UTF-8."),
}


class UploadRefused(DomainError):
    """`reason` is stable; the sentence says what to do."""

    code = "upload_refused"

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(**values)
        self.reason = reason

    def __str__(self) -> str:
        return str(SENTENCES[self.reason]) % self.values
