"""The seats of a cohort: counted under the lock of its row."""

from __future__ import annotations

from people import clock

from ..exceptions import SeatsTaken
from ..models import Cohort, Enrollment, Nomination

SEATED = (*Enrollment.FOLLOWING, Enrollment.State.COMPLETED)
"""Who has a seat: whoever follows the cohort, and whoever completed in it."""


def lock_cohort(cohort_id: int) -> Cohort:
    """The cohort, its row held until the transaction ends, so that nobody else counts its seats meanwhile."""
    return Cohort.objects.select_for_update(of=("self",)).get(pk=cohort_id)


def seats_free(cohort: Cohort) -> int | None:
    """How many seats nobody has and no nomination holds; None where there is no limit. The caller holds the row."""
    if not cohort.seats:
        return None
    seated = Enrollment.objects.filter(cohort=cohort, state__in=SEATED).count()
    held = Nomination.objects.holding(clock.today()).filter(cohort=cohort).count()
    return max(0, cohort.seats - seated - held)


def require_seats(cohort: Cohort, wanted: int) -> None:
    """Let pass or refuse. The caller holds the cohort's row.

    Raises:
        SeatsTaken: fewer seats are free than wanted.
    """
    free = seats_free(cohort)
    if free is not None and wanted > free:
        raise SeatsTaken(cohort=cohort.code, free=free, wanted=wanted, seats=cohort.seats)
