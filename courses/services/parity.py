"""Keeps the pairs of texts in step with the drafts, and confirms what still stands."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction

from people import audit, clock
from people.models import User

from ..exceptions import PairChanged, PairIncomplete, ReasonMissing
from ..models import Item, PairConfirmation, TextPair
from ..pairs import FoundPair, pairs_in

KEPT = [field.name for field in TextPair._meta.concrete_fields if field.name not in {"id", "page", "item", "path"}]


@transaction.atomic
def follow_draft(*, thing: Any, content: dict[str, Any], by: User | None) -> None:
    """Bring the pairs of a page or an item in step with a revision's content. At most three statements."""
    owner = "item" if isinstance(thing, Item) else "page"
    mine = TextPair.objects.filter(**{f"{owner}_id": thing.pk})
    before = {pair.path: pair for pair in mine}
    found = pairs_in(content, type(thing).stream_names())
    now = clock.now()
    written = []
    for position, text in enumerate(found):
        pair = before.pop(text.path, None) or TextPair(**{f"{owner}_id": thing.pk}, path=text.path, since=now)
        if _is_changed(pair, text, position):
            pair.names, pair.number, pair.position = text.names, text.number, position
            pair.follow(en=text.en, es=text.es, by=by, at=now)
            pair.pk = None  # found again by its place, so that new and known ones are written together
            written.append(pair)
    if before:
        TextPair.objects.filter(pk__in=[pair.pk for pair in before.values()]).delete()
    TextPair.objects.bulk_create(
        written, update_conflicts=True, unique_fields=[owner, "path"], update_fields=KEPT, batch_size=500
    )


def _is_changed(pair: TextPair, text: FoundPair, position: int) -> bool:
    known = (pair.en, pair.es, pair.names, pair.number, pair.position)
    return pair.pk is None or known != (text.en, text.es, text.names, text.number, position)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def confirm_pair(*, pair: TextPair, reason: str, by: User, shown: tuple[str, str] | None = None) -> TextPair:
    """Say, with a reason, that both texts of a stale pair still say the same. Holds the pair's row.

    `shown` are the English and the Spanish that the person read, to refuse when they have changed since. What is
    confirmed already stays as it is.

    Raises:
        ReasonMissing. PairIncomplete: a text is missing. PairChanged: not the texts that were shown.
    """
    if not reason.strip():
        raise ReasonMissing
    pair = TextPair.objects.select_for_update().get(pk=pair.pk)
    if not pair.en or not pair.es:
        raise PairIncomplete
    if shown is not None and shown != (pair.en, pair.es):
        raise PairChanged
    if not pair.is_open:
        return pair
    before, now = pair.state, clock.now()
    pair.confirm(by=by, at=now, reason=reason.strip())
    pair.state, pair.since, pair.since_by = TextPair.State.CONFIRMED, now, by
    pair.save()
    PairConfirmation.objects.create(
        object_code=(pair.item or pair.page.specific).code,  # type: ignore[union-attr]  # one of the two
        place=pair.path,
        confirmed_at=now,
        confirmed_by=by,
        reason=pair.reason,
        state_before=before,
        sha256_en=_sha256(pair.en),
        sha256_es=_sha256(pair.es),
    )
    audit.record(
        "courses.pair.confirmed", pair, by=by, data={"number": pair.number, "kind": pair.names},
        before={"state": before}, after={"state": pair.state},
    )  # fmt: skip
    return pair
