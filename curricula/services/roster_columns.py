"""What unknown headings of rosters mean: said once by a manager, remembered for the Participant."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from people import audit, clock
from people.models import User

from ..models import RosterHeading
from ..roster.columns import COLUMNS, LEFT_OUT, folded


@transaction.atomic
def explain_headings(*, meanings: Mapping[str, str], by: User) -> None:
    """Remember what each heading means: a column, or LEFT_OUT. An earlier word on the same heading is replaced.

    Two unique constraints keep one meaning a heading.
    """
    now, side = clock.now(), by.participant_id
    known = {each.heading: each for each in RosterHeading.objects.filter(participant=side)}
    said = {folded(text)[:80]: column for text, column in meanings.items() if column in {*COLUMNS, LEFT_OUT}}
    new = [
        RosterHeading(participant_id=side, heading=heading, column=column, changed_at=now)
        for heading, column in said.items()
        if heading not in known
    ]
    changed = [known[heading] for heading, column in said.items() if heading in known]
    for each in changed:
        each.column, each.changed_at = said[each.heading], now
    RosterHeading.objects.bulk_create(new)
    RosterHeading.objects.bulk_update(changed, ["column", "changed_at"])
    audit.record("curricula.roster.headings_explained", None, by=by, data={"count": len(said)}, concerns=side)
