"""Who is reminded of what now, who is not, and why: the one answer that the sweep writes and the dry run shows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Max, Min
from django.db.models.functions import Coalesce

from people.models import User

from .models import EnrolledCourse, Enrollment, Reminder, RiskDecision
from .models.cohort import EnrollmentQuerySet
from .reminder_rules import Rules, rules_that_hold, zone_of
from .reminding import BEFORE_DUE, DUE_SOON, ESCALATED, INACTIVE, Hours, Occasion, Standing, Told, occasions_of

WEEK = dt.timedelta(days=7)
URGENT_FIRST = (ESCALATED, DUE_SOON, BEFORE_DUE, INACTIVE)


class Verdict(StrEnum):
    """What becomes of an occasion now."""

    SEND = "send"
    WAITS = "waits"
    HELD = "held"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Planned:
    """One occasion of one enrollment, or that there is none (`NOTHING`). `opens_at` is when quiet hours end."""

    enrollment: Enrollment
    standing: Standing
    verdict: Verdict
    recipient: User
    occasion: Occasion | None = None
    reason: str = ""
    opens_at: dt.datetime | None = None
    row: Reminder | None = None
    """What the log holds of it already: that it was held back."""
    days: int = 0
    """The number of the rule that called for it."""


@dataclass(slots=True)
class _Log:
    """What the log says of some people: rows by enrollment, and when each person was last written to."""

    rows: dict[int, list[Reminder]] = field(default_factory=lambda: defaultdict(list))
    received: dict[int, list[dt.datetime]] = field(default_factory=lambda: defaultdict(list))


def running(now: dt.datetime) -> EnrollmentQuerySet:
    """Active enrollments of people in use, whose courses are open today somewhere on earth."""
    day = dt.timedelta(days=1)
    dated = Enrollment.objects.active().annotate(last=Coalesce("due_on", "cohort__closes_on"))
    return dated.filter(
        cohort__opens_on__lte=now.date() + day,
        last__gte=now.date() - day,
        person__is_active=True,
        person__erased_at__isnull=True,
    )


def plan(enrollments: EnrollmentQuerySet, now: dt.datetime) -> list[Planned]:
    """One row or more for each running enrollment, person by person. Twenty queries at most, however many.

    A person who sits in several cohorts is looked at as a whole, as the limits are the person's.
    """
    theirs = running(now).filter(person__in=enrollments.values("person"))
    activity, log, rules = _activity(theirs), _log(theirs, now), rules_that_hold()
    excused = _excused(theirs, now.date())
    by_person: dict[int, list[Enrollment]] = defaultdict(list)
    with_people = theirs.select_related("person").prefetch_related(*SHARED)
    for enrollment in with_people.order_by("person", "pk"):
        by_person[enrollment.person_id].append(enrollment)
    return [
        planned for of_one in by_person.values() for planned in _plan_person(of_one, activity, log, rules, excused, now)
    ]


SHARED = (
    "participant", "cohort__edition__curriculum", "person__participant", "person__office__agency__participant",
    "person__supervisor__participant", "person__supervisor__office__agency__participant",
)  # fmt: skip
"""What many officers share is read once, not beside each of them."""


def _plan_person(
    enrollments: list[Enrollment],
    activity: Mapping[int, dt.datetime],
    log: _Log,
    rules: Rules,
    excused: set[int],
    now: dt.datetime,
) -> Iterator[Planned]:
    person = enrollments[0].person
    zone, hours = zone_of(person), rules.hours_of(person.participant_id)
    today, opens_at = now.astimezone(zone).date(), hours.opens_at(now, zone)
    found: list[tuple[Enrollment, Standing, Occasion, int]] = []
    for enrollment in enrollments:
        standing = _standing(enrollment, activity.get(enrollment.pk), zone)
        days = rules.days_of(enrollment.participant_id, enrollment.cohort_id)
        told = [_told(row, zone) for row in log.rows[enrollment.pk] if row.state == Reminder.State.SENT]
        after = hours.escalate_after if _chief(person) else 0
        occasions = occasions_of(standing, days, told, today, after)
        found += [(enrollment, standing, each, days.get(each.kind, days.get(INACTIVE, 0))) for each in occasions]
        if not occasions:
            yield Planned(enrollment, standing, Verdict.NOTHING, person)
    received = sorted(log.received[person.pk])
    for enrollment, standing, occasion, number in sorted(found, key=lambda row: URGENT_FIRST.index(row[2].kind)):
        row = next((r for r in log.rows[enrollment.pk] if (r.kind, r.key) == (occasion.kind, occasion.key)), None)
        reason = _reason(enrollment, occasion, received, hours, excused, today, zone)
        to, opening = person, opens_at
        if occasion.kind == ESCALATED and person.supervisor:
            to = person.supervisor
            opening = rules.hours_of(to.participant_id).opens_at(now, zone_of(to))
        elif not reason:
            received.append(now)
        verdict = Verdict.HELD if reason else Verdict.WAITS if opening > now else Verdict.SEND
        yield Planned(enrollment, standing, verdict, to, occasion, reason, opening, row, number)


def _reason(
    enrollment: Enrollment,
    occasion: Occasion,
    received: Iterable[dt.datetime],
    hours: Hours,
    excused: set[int],
    today: dt.date,
    zone: dt.tzinfo,
) -> str:
    """Why it is held back, or nothing. What the supervisor is told does not count among the officer's letters."""
    if occasion.kind in {INACTIVE, ESCALATED} and enrollment.pk in excused:
        return Reminder.Reason.EXCUSED
    if occasion.kind == ESCALATED:
        return ""
    days = [at.astimezone(zone).date() for at in received]
    if today in days:
        return Reminder.Reason.ONE_A_DAY
    return Reminder.Reason.WEEK_IS_FULL if len(days) >= hours.most_per_week else ""


def _chief(person: User) -> User | None:
    chief = person.supervisor
    return chief if chief and chief.is_active and chief.participant_id == person.participant_id else None


def _standing(enrollment: Enrollment, last_at: dt.datetime | None, zone: dt.tzinfo) -> Standing:
    cohort = enrollment.cohort
    return Standing(
        starts_on=max(cohort.opens_on, enrollment.enrolled_at.astimezone(zone).date()),
        due_on=enrollment.last_day,
        last_on=last_at.astimezone(zone).date() if last_at else None,
    )


def _told(row: Reminder, zone: dt.tzinfo) -> Told:
    return Told(row.kind, row.key, row.day, row.written_at.astimezone(zone).date())


def _activity(enrollments: EnrollmentQuerySet) -> dict[int, dt.datetime]:
    """The last activity in each enrollment, where there was any."""
    rows = EnrolledCourse.objects.filter(enrollment__in=enrollments).values_list("enrollment")
    last = rows.annotate(last=Max("record__last_activity_at"), opened=Min("record__opened_at"))
    return {pk: at or opened for pk, at, opened in last if at or opened}


def _log(enrollments: EnrollmentQuerySet, now: dt.datetime) -> _Log:
    log = _Log()
    for row in Reminder.objects.filter(enrollment__in=enrollments):
        log.rows[row.enrollment_id].append(row)
    lately = Reminder.objects.sent().filter(recipient__in=enrollments.values("person"), written_at__gt=now - WEEK)
    for recipient, at in lately.exclude(kind=ESCALATED).values_list("recipient", "written_at"):
        log.received[recipient].append(at)
    return log


def _excused(enrollments: EnrollmentQuerySet, today: dt.date) -> set[int]:
    """Enrollments about which a manager has decided, for some time, that there is a good reason."""
    decisions = RiskDecision.objects.filter(
        enrollment__in=enrollments, decision=RiskDecision.Decision.EXCUSED, quiet_until__gt=today
    )
    return set(decisions.values_list("enrollment", flat=True))
