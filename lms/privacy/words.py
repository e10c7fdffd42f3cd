"""Values as a person reads them, in the language of the moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lms.templatetags.puente import clock_time, day
from people.held_data import Field

NOTHING = "–"


def lines_of_value(field: Field, value: Any) -> list[str]:
    """A value of a row as lines of text: one, but for lists and what has parts."""
    if isinstance(value, str):
        value = field.names().get(value, value)
    return list(_lines(value)) or [NOTHING]


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            lines = list(_lines(part))
            if len(lines) == 1 and not isinstance(part, (Mapping, list, tuple)):
                yield f"{key}: {lines[0]}"
            elif lines:
                yield f"{key}:"
                yield from (f"\u2003{line}" for line in lines)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _lines(part)
    else:
        yield from _one(value).splitlines() or [NOTHING]


def _one(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return f"{day(value)}, {clock_time(value)}"
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
