"""Applies the retention schedule: what is older than its rule allows is removed, in batches, each on record."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from .. import audit, clock
from ..models import RetentionRule, User
from ..retaining import RetainedKind, kind_of

BATCH = 50


@dataclass(frozen=True, slots=True)
class Due:
    """What one rule would remove today: how many records, and since when the oldest counts."""

    rule: RetentionRule
    before: dt.datetime
    count: int
    oldest: dt.datetime | None


def rules() -> list[RetentionRule]:
    """All rules whose kind of record still exists, by Participant."""
    found = RetentionRule.objects.select_related("participant").order_by("participant__position", "kind")
    return [rule for rule in found if kind_of(rule.kind)]


def due(rule: RetentionRule) -> Due:
    """What a rule would remove now. Reads only."""
    kind, before = _kind(rule), _before(rule)
    moments = [expired.since for expired in kind.find(rule.participant, before)]
    return Due(rule, before, len(moments), min(moments, default=None))


def apply_rule(*, rule: RetentionRule, by: User | None, advanced: Callable[[int], None] = lambda _n: None) -> int:
    """Remove what the rule no longer allows to be kept; how many records that were.

    Each batch is one transaction with its entry in the record. Stopped in between, the next run goes on with what is
    left; two runs at once remove everything once.
    """
    kind, before, removed = _kind(rule), _before(rule), 0
    while keys := [expired.key for expired in itertools.islice(kind.find(rule.participant, before), BATCH)]:
        with transaction.atomic():
            count = kind.remove(keys)
            if count:
                data = {"kind": rule.kind, "removed": count, "before": before.date().isoformat(), "days": rule.days}
                audit.record("people.retention.applied", rule, by=by, data=data)
        if not count:
            break
        removed += count
        advanced(removed)
    return removed


def _kind(rule: RetentionRule) -> RetainedKind:
    kind = kind_of(rule.kind)
    if kind is None:
        raise LookupError(rule.kind)
    return kind


def _before(rule: RetentionRule) -> dt.datetime:
    return clock.now() - dt.timedelta(days=rule.days)
