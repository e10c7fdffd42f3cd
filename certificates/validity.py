"""Until when a certificate is valid: days in, a day out. Pure."""

from __future__ import annotations

import calendar
import datetime as dt

A_DAY = dt.timedelta(days=1)


def rolling_end(start: dt.date, months: int) -> dt.date:
    """The last day of so many months that begin with `start`: March 1 and 12 give the last day of February."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return _day(year, month + 1, start.day) - A_DAY


def calendar_end(start: dt.date, months: int, *, month: int, day: int) -> dt.date:
    """The first such day of a year that lies at least so many months after `start`. A 31 is the last of any month."""
    least = rolling_end(start, months)
    this_year = _day(least.year, month, day)
    return this_year if this_year >= least else _day(least.year + 1, month, day)


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
