"""A round against its plan: targets, nominees, seats, completions; and the curve by week. Seven queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from people import clock
from people.access import Reach
from people.models import Participant

from .board import Week, planned
from .models import Cohort, Enrollment, Nomination, Round, TargetLine, TargetVersion


@dataclass(slots=True)
class CohortRow:
    """A cohort of the round: persons of the own side, and of both sides those who have a seat or for whom one is held.
    `free` is None without a limit."""

    cohort: Cohort
    enrolled: int
    completed: int
    seated: int
    held: int

    @property
    def free(self) -> int | None:
        return max(0, self.cohort.seats - self.seated - self.held) if self.cohort.seats else None


@dataclass(slots=True)
class SideTarget:
    """The targets of a Participant that hold today, and the versions before."""

    participant: Participant
    version: TargetVersion | None
    lines: list[TargetLine] = field(default_factory=list)
    versions: list[TargetVersion] = field(default_factory=list)

    @property
    def persons(self) -> int:
        return sum(line.persons for line in self.lines)


@dataclass(slots=True)
class RoundProgress:
    """What the page of a round shows. Counts are persons of the own side."""

    targets: list[SideTarget]
    cohorts: list[CohortRow]
    nominations: dict[str, int]
    target: int
    enrolled: int
    completed: int
    planned_today: int
    weeks: list[Week]
    weeks_gone: float


def targets_of(found: Round, day: dt.date) -> list[SideTarget]:
    """The targets of each Participant that hold on a day, with all versions, the latest first. Three queries."""
    sides = Participant.objects.filter(pk=found.participant_id) if found.participant_id else Participant.objects.all()
    versions = list(found.target_versions.select_related("set_by__participant").order_by("-number"))
    holding: dict[int, TargetVersion] = {}
    for version in versions:
        if version.holds_from <= day:
            holding.setdefault(version.participant_id, version)
    rows = TargetLine.objects.filter(version__in=versions).select_related("agency", "office").order_by("pk")
    lines: dict[int, list[TargetLine]] = {}
    for line in rows:
        lines.setdefault(line.version_id, []).append(line)
    for version in versions:
        version.persons = sum(line.persons for line in lines.get(version.pk, []))  # type: ignore[attr-defined]
    return [
        SideTarget(
            side,
            holding.get(side.pk),
            lines.get(holding[side.pk].pk, []) if side.pk in holding else [],
            [version for version in versions if version.participant_id == side.pk],
        )
        for side in sides
    ]


def round_progress(found: Round, reach: Reach) -> RoundProgress:
    """The round as one side sees it; the seats of joint cohorts count those of both."""
    today = clock.today()
    targets = targets_of(found, today)
    rows = _cohorts(found, reach, today)
    per_day = _completions(found, reach)
    side = [each for each in targets if reach.everywhere or each.participant.pk == reach.participant]
    enrolled = sum(row.enrolled for row in rows)
    whole = sum(each.persons for each in side) if reach.everywhere or reach.in_all_of_it else 0
    target = whole or enrolled
    weeks = [_week(found, rows, per_day, target, number, today) for number in range(_last_week(found) + 1)]
    counts = Nomination.objects.filter(reach.of(), round=found).values_list("state").annotate(n=Count("pk"))
    return RoundProgress(
        targets=targets,
        cohorts=rows,
        nominations=dict.fromkeys(Nomination.State.values, 0) | dict(counts.order_by()),
        target=target,
        enrolled=enrolled,
        completed=sum(row.completed for row in rows),
        planned_today=_planned(found, rows, target, today),
        weeks=weeks,
        weeks_gone=(today - found.opens_on).days / 7,
    )


def _cohorts(found: Round, reach: Reach, today: dt.date) -> list[CohortRow]:
    own = reach.of("enrollments__") & ~Q(enrollments__state=Enrollment.State.TRANSFERRED)
    seated = [*Enrollment.FOLLOWING, Enrollment.State.COMPLETED]
    cohorts: Any = (
        found.cohorts.filter(Q() if reach.everywhere else Q(participant=reach.participant) | Q(participant=None))
        .select_related("edition__curriculum", "participant")
        .annotate(
            own=Count("enrollments", filter=own),
            done=Count("enrollments", filter=own & Q(enrollments__state=Enrollment.State.COMPLETED)),
            seated=Count("enrollments", filter=Q(enrollments__state__in=seated)),
        )
        .order_by("opens_on", "code")
    )
    holding = (
        Nomination.objects.holding(today).filter(cohort__round=found).values_list("cohort").annotate(n=Count("pk"))
    )
    held = dict(holding.order_by())
    return [CohortRow(each, each.own, each.done, each.seated, held.get(each.pk, 0)) for each in cohorts]


def _completions(found: Round, reach: Reach) -> Counter[dt.date]:
    own = Enrollment.objects.completed().filter(reach.of(), cohort__round=found)
    days = own.annotate(day=TruncDate("completed_at")).values_list("day").annotate(n=Count("pk")).order_by()
    return Counter(dict(days))


def _planned(found: Round, rows: list[CohortRow], target: int, day: dt.date) -> int:
    """Persons who should have completed: evenly over the period, or as the plans of the cohorts add up to the target.
    A cohort of one side has the weight of its target or its seats; a joint one, of the own officers in it."""
    if found.plan == Round.Plan.EVEN or not rows:
        length = max(1, (found.closes_on - found.opens_on).days)
        return round(target * min(1.0, max(0.0, (day - found.opens_on).days / length)))
    weights = [_weight(row) for row in rows] if any(_weight(row) for row in rows) else [100] * len(rows)
    done = sum(planned(row.cohort, weight, day) for row, weight in zip(rows, weights, strict=True))
    return round(target * done / sum(weights))


def _weight(row: CohortRow) -> int:
    cohort = row.cohort
    return (cohort.target_persons or cohort.seats or row.enrolled) if cohort.participant_id else row.enrolled


def _week(
    found: Round, rows: list[CohortRow], per_day: Counter[dt.date], target: int, number: int, today: dt.date
) -> Week:
    end = min(found.opens_on + dt.timedelta(days=7 * number), found.closes_on)
    completed = sum(n for day, n in per_day.items() if day <= end) if end <= today else None
    return Week(number, completed, _planned(found, rows, target, end))


def _last_week(found: Round) -> int:
    return (found.closes_on - found.opens_on).days // 7 + 1
