"""The tables of a cohort, by name, and what the reader must be allowed for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import QuerySet

from curricula.models import Cohort, Enrollment
from people.roles import Right

from .answers import attempts_table, responses_table
from .attendance import attendance_table
from .officers import officers_table, progress_table, roster_table
from .officers_read import Reading
from .shape import Filled
from .statistics import statistics_table

MAKERS: dict[str, Callable[[Reading], Filled]] = {
    "statistics": statistics_table,
    "officers": officers_table,
    "progress": progress_table,
    "attempts": attempts_table,
    "responses": responses_table,
    "attendance": attendance_table,
    "roster": roster_table,
}
"""A further table is made here: a function that gives it over the officers' portions."""

CONTENTS = tuple(MAKERS)
NAMELESS, NAMED_ONLY = "statistics", "roster"


def tables_of(
    cohort: Cohort, enrollments: QuerySet[Enrollment], contents: Sequence[str], *, named: bool = True
) -> list[Filled]:
    """The tables asked for, over the enrollments that the reader may see. Read only when they are written: a few
    statements for each portion of officers."""
    reading = Reading.of(cohort, enrollments, named=named)
    return [MAKERS[content](reading) for content in contents]


def right_for(contents: Sequence[str], *, named: bool) -> Right:
    """Names leave only with the right to export them."""
    has_names = NAMED_ONLY in contents or (named and set(contents) != {NAMELESS})
    return Right.EXPORT_NAMED if has_names else Right.MANAGE_COHORTS
