"""Which officers of a cohort the list shows: by state, name, address or number."""

from __future__ import annotations

from django.db.models import Q

from .models import Enrollment
from .models.cohort import EnrollmentQuerySet


def officers_sought(rows: EnrollmentQuerySet, *, state: str, words: str) -> EnrollmentQuerySet:
    """The rows in a state (any other text: in whatever state) whose person fits each of the first five words."""
    if state in Enrollment.State.values:
        rows = rows.filter(state=state)
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(person__given_names__icontains=word)
            | Q(person__surname_1__icontains=word)
            | Q(person__surname_2__icontains=word)
            | Q(person__email__icontains=word)
            | Q(person__officer_number__iexact=word)
        )
    return rows
