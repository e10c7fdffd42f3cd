"""Setting the rules for officers at risk, and deciding what is done about one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction

from people import audit, clock
from people.models import Participant, User

from ..at_risk import reasons_by_enrollment
from ..exceptions import NotAtRisk
from ..models import Enrollment, RiskDecision, RiskRule
from ..risk import FIRST_NUMBERS

LONGEST_QUIET = dt.timedelta(days=90)


@transaction.atomic
def set_risk_rules(*, participant: Participant, numbers: Mapping[str, int | None], by: User | None) -> None:
    """Set the number of each rule of a Participant; None turns a rule off. Holds the Participant's row."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    before = {rule.rule: rule for rule in RiskRule.objects.filter(participant=participant)}
    was = {name: _shown(before.get(name), first) for name, first in FIRST_NUMBERS.items()}
    for name, number in numbers.items():
        kept = before.get(name)
        RiskRule.objects.update_or_create(
            participant=participant,
            rule=name,
            defaults={
                "number": number or (kept.number if kept else FIRST_NUMBERS[name]),
                "is_on": number is not None,
            },
        )
    audit.record(
        "curricula.risk.rules_set", participant, by=by, before=was, after={name: numbers[name] for name in numbers}
    )


def _shown(rule: RiskRule | None, first: int) -> int | None:
    if rule is None:
        return first
    return rule.number if rule.is_on else None


@transaction.atomic
def decide_about_risk(
    *, enrollment: Enrollment, decision: RiskDecision.Decision, days: int, note: str, by: User | None
) -> RiskDecision:
    """Write down what was done about an officer at risk, with the reasons as they stand now.

    For so many `days` (at most 90) the officer is not asked about again, whatever the rules say.
    Holds the enrollment's row.

    Raises:
        NotAtRisk: no rule says so today.
    """
    enrollment = Enrollment.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=enrollment.pk)
    reasons = reasons_by_enrollment(enrollment.cohort, enrollment)
    if not reasons:
        raise NotAtRisk
    made = RiskDecision.objects.create(
        enrollment=enrollment,
        decision=decision,
        reasons=[asdict(reason) for reason in reasons],
        note=note,
        quiet_until=clock.today() + min(dt.timedelta(days=days), LONGEST_QUIET),
        decided_by=by,
    )
    audit.record("curricula.risk.decided", enrollment, by=by, data={"kind": str(decision), "days": days})
    return made
