"""A signed sheet, written down as a list: number, then how the officer attended, then minutes. Pure: codes, no words.

One officer a line. The separator is a comma, a semicolon, a tab or several spaces; a heading is passed over; a number
alone means present. The states are understood in both languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

MOST_LINES = 2000
STATES = {
    "present": "present", "presente": "present", "p": "present", "x": "present", "1": "present", "si": "present",
    "yes": "present",
    "partial": "partial", "parcial": "partial",
    "absent": "absent", "ausente": "absent", "a": "absent", "0": "absent", "no": "absent",
    "excused": "excused", "justificado": "excused", "justificada": "excused", "e": "excused", "j": "excused",
}  # fmt: skip
HEADINGS = {"officer_number", "officer number", "number", "numero", "numero de oficial", "numero_de_oficial", "no."}
SEPARATORS = re.compile(r"\s*[,;\t]\s*|\s{2,}")
MINUTES = re.compile(r"(\d{1,4})\s*(?:min(?:utes|utos)?\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """How somebody attended; minutes of presence."""

    state: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ListError:
    """What is wrong with a line, from 1; `first` is the line where the number stands already."""

    code: str
    line: int
    value: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class ReadList:
    """What was read: marks by the key of the officer, with the line; and all errors."""

    marks: dict[int, tuple[int, Mark]]
    errors: list[ListError]


def read_list(text: str, *, officers: Mapping[str, int], length: int) -> ReadList:
    """Read a list.

    Args:
        officers: who signed up: number (as `folded`) → key.
        length: minutes of the session; presence is never longer.
    """
    marks: dict[int, tuple[int, Mark]] = {}
    errors: list[ListError] = []
    lines = text.replace("\ufeff", "").splitlines()
    if len(lines) > MOST_LINES:
        return ReadList({}, [ListError("too_long", MOST_LINES + 1)])
    for number, line in enumerate(lines, 1):
        values = [value.strip(" \"'\u00a0") for value in SEPARATORS.split(line.strip())]
        if not any(values) or folded(values[0]) in {folded(heading) for heading in HEADINGS}:
            continue
        found = _read_line(values, number, officers, length)
        if isinstance(found, ListError):
            errors.append(found)
            continue
        officer, mark = found
        if officer in marks:
            errors.append(ListError("twice", number, values[0], marks[officer][0]))
        else:
            marks[officer] = number, mark
    if not marks and not errors:
        errors.append(ListError("empty", 1))
    return ReadList(marks, errors)


def folded(text: str) -> str:
    """Without accents, capitals and spaces at the ends."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def _read_line(values: list[str], line: int, officers: Mapping[str, int], length: int) -> tuple[int, Mark] | ListError:
    officer = officers.get(folded(values[0]))
    if officer is None:
        return ListError("unknown_number", line, values[0][:60])
    said = folded(values[1]) if len(values) > 1 and values[1] else "present"
    state = STATES.get(said)
    minutes = values[2] if len(values) > 2 else ""
    if state is None and MINUTES.fullmatch(said):  # a number, then minutes
        state, minutes = "partial", said
    if state is None:
        return ListError("unknown_state", line, values[1][:60])
    return _with_minutes(officer, state, minutes, line, length)


def _with_minutes(officer: int, state: str, minutes: str, line: int, length: int) -> tuple[int, Mark] | ListError:
    if state in {"absent", "excused"}:
        return officer, Mark(state, 0)
    if not minutes:
        return ListError("minutes_missing", line) if state == "partial" else (officer, Mark(state, length))
    match = MINUTES.fullmatch(minutes)
    if match is None or not 1 <= int(match[1]) <= length:
        return ListError("minutes_wrong", line, minutes[:60])
    found = int(match[1])
    return officer, Mark("present" if found == length else "partial", found)
