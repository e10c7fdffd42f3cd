"""A line of certificates: what one person holds of one curriculum, and where a new one stands in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from curricula.models import Enrollment

from ..models import Credential, Standing, ValidityRule
from ..validity import A_DAY, calendar_end, rolling_end


@dataclass(frozen=True, slots=True)
class Term:
    """Which period a new certificate opens, until when it lasts (None: it does not end), from when it is renewable."""

    period: int
    valid_until: dt.date | None
    renewable_from: dt.date | None


def line_of(enrollment: Enrollment) -> list[Credential]:
    """What the person holds of the curriculum, the latest first. One query."""
    mine = Credential.objects.filter(person=enrollment.person_id, edition__curriculum=enrollment.edition.curriculum_id)
    return list(mine.order_by("-period", "-version", "-pk"))


def covering(line: Sequence[Credential], enrollment: Enrollment, day: dt.date) -> Credential | None:
    """The certificate that an enrollment has led to, or that stands in the way of another one: the one of its edition
    that stands and cannot be renewed yet; one that is suspended; one that was revoked after the completion.

    `services.reconciling` says the same as one condition.
    """
    own = [held for held in line if held.enrollment_id == enrollment.pk]
    if own:
        return own[0]
    for held in line:
        if forbids_renewal(held, enrollment):
            return held
    for held in line:
        if held.edition_id != enrollment.edition.pk:
            continue
        if held.enrollment_id is None:
            return held
        if not (held.revoked_at or held.superseded_at or is_renewable(held, day)):
            return held
    return None


def forbids_renewal(held: Credential, enrollment: Enrollment) -> bool:
    """Whoever is suspended does not renew until the suspension is lifted; what was completed before a revocation does
    not outlive it."""
    if held.superseded_at:
        return False
    if held.revoked_at:
        completed_at = enrollment.completed_at
        return completed_at is not None and held.issued_at <= completed_at <= held.revoked_at
    return held.suspended_at is not None


def is_renewable(held: Credential, day: dt.date) -> bool:
    """Whether completing the curriculum again on that day opens the next period."""
    return held.renewable_from is not None and held.renewable_from <= day


def renewed_by(line: Sequence[Credential], day: dt.date) -> list[Credential]:
    """Those that a new certificate takes the place of: they end, their window is open, nobody has ended them before."""
    return [held for held in line if is_renewable(held, day) and not (held.revoked_at or held.superseded_at)]


def term_of(line: Sequence[Credential], enrollment: Enrollment, at: dt.datetime) -> Term:
    """The period and the days of a new certificate. One query.

    Renewed in time, the new period begins where the old one ends, so that nobody loses days by being early.
    """
    day = at.date()
    related = [held for held in line if held.renewable_from or held.edition_id == enrollment.edition.pk]
    period = 1 + max((held.period for held in related), default=0)
    rule = ValidityRule.objects.filter(edition=enrollment.edition).first()
    if rule is None:
        return Term(period, None, None)
    standing = (held for held in renewed_by(line, day) if held.standing_at(at) == Standing.VALID)
    start = max((held.valid_until + A_DAY for held in standing if held.valid_until), default=day)
    if rule.kind == ValidityRule.Kind.ROLLING:
        end = rolling_end(start, rule.months)
    else:
        end = calendar_end(start, rule.months, month=rule.ends_month, day=rule.ends_day)
    return Term(period, end, end - dt.timedelta(days=rule.renewal_days))
