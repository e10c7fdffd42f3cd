"""Which officers of a cohort the list shows: by state, name, address or number."""

from __future__ import annotations

from people.selectors import named_like

from .models import Enrollment
from .models.cohort import EnrollmentQuerySet


def officers_sought(rows: EnrollmentQuerySet, *, state: str, words: str) -> EnrollmentQuerySet:
    """The rows in a state (any other text: in whatever state) whose person fits each of the first five words."""
    if state in Enrollment.State.values:
        rows = rows.filter(state=state)
    return rows.filter(named_like(words, "person__"))
