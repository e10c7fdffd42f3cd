"""The sentence for each error of a roster: what, where, and how to mend it, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .roster.errors import RosterError

SENTENCES: dict[str, str | Promise] = {
    "empty": _("The file is empty. Save the roster with a heading and one row for each officer."),
    "binary": _(
        "This is neither a text file nor a workbook. In your spreadsheet program choose “Save as” and then “CSV UTF-8” "
        "or “Excel workbook (XLSX)”."
    ),
    "broken_workbook": _(
        "The workbook cannot be read: it is damaged, locked with a password, or has no visible sheet. Open it in your "
        "spreadsheet program, save it anew and choose it again."
    ),
    "too_many_lines": _("The file has more than %(most)s rows. Split it into several rosters."),
    "too_large": _("The file is larger than %(megabytes)s MB. Split it into several rosters."),
    "no_rows": _("The file has a heading but no officers. Add one row for each officer."),
    "broken_quoting": _(
        "Near row %(row)s a quotation mark is opened and not closed, or stands in the wrong place. "
        "Remove it or double it."
    ),
    "column_missing": _("Row 1 lacks the column: %(column)s. Found: %(found)s. Add the column with this heading."),
    "column_twice": _("Row 1 has the column %(column)s twice. Remove one of the two."),
    "wrong_width": _(
        "Row %(row)s has %(found)s values; the heading has %(expected)s. Check for a missing or an extra separator."
    ),
    "value_missing": _("Row %(row)s has nothing in the column %(column)s. Fill it in."),
    "too_long": _("Row %(row)s, column %(column)s: “%(value)s…” is longer than %(most)s characters. Shorten it."),
    "bad_characters": _(
        "Row %(row)s, column %(column)s: “%(value)s” holds characters that cannot be read. "
        "Save the file as “CSV UTF-8”."
    ),
    "email_malformed": _(
        "Row %(row)s, column %(column)s: “%(value)s” is not an e-mail address. Write it like name@agency.example."
    ),
    "language_unknown": _("Row %(row)s, column %(column)s: “%(value)s” is not a language of Puente. Write en or es."),
    "agency_unknown": _(
        "Row %(row)s, column %(column)s: there is no agency “%(value)s” for you to enroll from. "
        "Write one of: %(known)s."
    ),
    "email_twice": _(
        "Row %(row)s, column %(column)s: “%(value)s” stands already in row %(first)s. Keep one of the two rows."
    ),
    "officer_number_twice": _(
        "Row %(row)s, column %(column)s: “%(value)s” stands already in row %(first)s. Keep one of the two rows."
    ),
    "email_elsewhere": _(
        "Row %(row)s, column %(column)s: “%(value)s” cannot be enrolled from your side. "
        "Check the address or ask an administrator."
    ),
    "office_elsewhere": _(
        "Row %(row)s, column %(column)s: “%(value)s” is not an office from which you may enroll. "
        "Check the name or ask an administrator."
    ),
    "officer_number_taken": _(
        "Row %(row)s, column %(column)s: the number “%(value)s” belongs to an officer with another e-mail address. "
        "Check both."
    ),
}


def sentence(error: RosterError) -> str:
    """The error in words."""
    values = {"row": error.row, "column": error.column, "value": error.value, **error.more}
    return str(SENTENCES[error.code]) % values
