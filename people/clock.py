"""What time it is: the one place that is asked, so that a demonstration can live on a simulated calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_simulated: ContextVar[dt.datetime | None] = ContextVar("simulated", default=None)


def now() -> dt.datetime:
    """The moment, in UTC."""
    return _simulated.get() or timezone.now()


def today() -> dt.date:
    """The day, in UTC."""
    return now().date()


def yesterday() -> dt.date:
    """The day before, in UTC."""
    return today() - dt.timedelta(days=1)


@contextmanager
def simulated(at: dt.datetime) -> Iterator[None]:
    """Within this block every service believes that it is `at` (aware)."""
    token = _simulated.set(at)
    try:
        yield
    finally:
        _simulated.reset(token)
