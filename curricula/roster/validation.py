"""From rows to officers: every value is looked at, every error is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .columns import LANGUAGES, MAX_LENGTH, REQUIRED, folded
from .errors import RosterError
from .reading import Heading, read_rows
from .sheets import Sheet

_UNREADABLE = re.compile("[\x00-\x1f\ufffd]")
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s.,;<>\"()]{2,}")


@dataclass(frozen=True, slots=True)
class Officer:
    """One good row. `agency` is a code as the installation writes it; `office` is a name. None stands for a column that
    the file does not have: what is known of it stays."""

    row: int
    officer_number: str
    given_names: str
    surname_1: str
    email: str
    agency: str
    office: str
    language: str
    surname_2: str | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """The officers of the good rows, in order, and all errors of the others. `emails` are those of all rows."""

    officers: list[Officer]
    errors: list[RosterError]
    rows: int
    emails: frozenset[str]


def read_roster(sheet: Sheet, headings: list[Heading], agencies: Iterable[str]) -> Roster:
    """Everything that the file says, given the codes of the agencies that may stand in it.

    Raises:
        UnreadableRoster: see `reading`.
    """
    rows, errors = read_rows(sheet, headings)
    total = len(rows) + len(errors)
    known = {folded(code): code for code in agencies}
    seen: dict[str, dict[str, int]] = {"email": {}, "officer_number": {}}
    officers = []
    for line, values in rows:
        found = [*_value_errors(line, values, known), *_doubled(line, values, seen)]
        if found:
            errors.extend(found)
        else:
            officers.append(_officer(line, values, known))
    emails = frozenset(values["email"].lower() for _line, values in rows)
    return Roster(officers, sorted(errors, key=lambda error: error.row), total, emails)


def _value_errors(line: int, values: dict[str, str], agencies: dict[str, str]) -> list[RosterError]:
    errors = [RosterError("value_missing", line, column) for column in REQUIRED if not values[column]]
    for column, value in values.items():
        if len(value) > MAX_LENGTH[column]:
            errors.append(RosterError("too_long", line, column, value[:40], {"most": str(MAX_LENGTH[column])}))
        elif _UNREADABLE.search(value):
            errors.append(RosterError("bad_characters", line, column, value[:40]))
    if values["email"] and not _EMAIL.fullmatch(values["email"]):
        errors.append(RosterError("email_malformed", line, "email", values["email"][:80]))
    if values["language"] and folded(values["language"]) not in LANGUAGES:
        errors.append(RosterError("language_unknown", line, "language", values["language"][:40]))
    if values["agency"] and folded(values["agency"]) not in agencies:
        errors.append(
            RosterError(
                "agency_unknown", line, "agency", values["agency"][:40], {"known": ", ".join(sorted(agencies.values()))}
            )
        )
    return errors


def _doubled(line: int, values: dict[str, str], seen: dict[str, dict[str, int]]) -> list[RosterError]:
    errors = []
    for column, lines in seen.items():
        value = values[column]
        key = f"{folded(values['agency'])} {folded(value)}" if column == "officer_number" else value.casefold()
        if value and key in lines:
            errors.append(RosterError(f"{column}_twice", line, column, value[:80], {"first": str(lines[key])}))
        elif value:
            lines[key] = line
    return errors


def _officer(line: int, values: dict[str, str], agencies: dict[str, str]) -> Officer:
    cleaned = values | {
        "email": values["email"].lower(),
        "agency": agencies[folded(values["agency"])],
        "language": LANGUAGES[folded(values["language"])],
    }
    return Officer(row=line, **cleaned)
