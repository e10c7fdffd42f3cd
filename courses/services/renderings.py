"""Open pairs go out to be rendered and come back; a newer text that a person wrote is never overwritten."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people import audit
from people.bilingual import other
from people.models import User

from ..exceptions import PoNotReadable
from ..interchange import po
from ..locks import is_locked_for
from ..models import CoursePage, Item, TextPair
from ..pairs import with_texts
from ..places import label_of, what_changed
from ..selectors import LearningObject, learning_objects, pairs_to_render

SENTENCES: dict[str, str | Promise] = {
    "imported": _("Written into a draft."),
    "empty": _("The file has no text for it."),
    "same": _("It says what the draft says. If the text still stands, confirm it in the editor with a reason."),
    "fuzzy": _("It is still marked as needing work (fuzzy)."),
    "unknown_object": _("There is no such course, lesson, quiz or item in this curriculum."),
    "unknown_place": _("The passage is no longer there; it was removed since the export."),
    "no_mark": _("The entry lacks its mark “puente:…” in the comment, which says what stood there at the export."),
    "source_changed": _("The text to render from has changed since the export. Export it again."),
    "target_changed": _("Somebody has written another text here since the export. Both are shown; nothing is written."),
    "too_long": _("The text is longer than its place allows. Shorten it, and import the file again."),
    "locked": _("Somebody has locked the page. Ask for it to be unlocked, and import the file again."),
}
"""What the report says of an entry, by its code."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry: `imported`, `unchanged` or `refused`, why, and where two texts compete, both."""

    code: str
    place: str
    state: str
    why: str
    address: str = ""
    language: str = ""
    in_file: str = ""
    in_puente: str = ""

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.why])


UNCHANGED = {"empty", "same", "fuzzy"}


def export_renderings(*, pages: Iterable[CoursePage], source: str, by: User) -> bytes:
    """What waits for the other language, as a PO file."""
    target = other(source)
    waiting = pairs_to_render(pages, source)
    data = po.written((_entry(thing, pair, source, target) for thing, pair in waiting), source=source, target=target)
    facts = {"rows": len(waiting), "sha256": hashlib.sha256(data).hexdigest()}
    audit.record("courses.renderings.exported", None, by=by, data=facts)
    return data


@transaction.atomic
def import_renderings(*, pages: Iterable[CoursePage], data: bytes, by: User) -> list[Outcome]:
    """Write what came back into drafts, one revision of the importer for each object, all in one transaction.

    Holds the rows of the pairs that it looks at.

    Raises:
        PoNotReadable: no PO file that was exported here.
    """
    try:
        file = po.read(data)
    except po.PoUnreadable:
        raise PoNotReadable from None
    things = {thing.code: thing for thing in learning_objects(pages)}
    entries: dict[str, list[po.Entry]] = {}
    for entry in file.entries:
        entries.setdefault(entry.code, []).append(entry)
    outcomes = []
    with audit.gathering():
        for code, of_object in entries.items():
            outcomes += _import_object(things.get(code), of_object, file, by)
        rows = sum(outcome.state == "imported" for outcome in outcomes)
        facts = {"rows": rows, "sha256": hashlib.sha256(data).hexdigest()}
        audit.record("courses.renderings.imported", None, by=by, data=facts)
    return outcomes


def _import_object(thing: LearningObject | None, entries: list[po.Entry], file: po.PoFile, by: User) -> list[Outcome]:
    if thing is None:
        return [Outcome(each.code, each.path, "refused", "unknown_object") for each in entries]
    owner = "item" if thing.kind == "item" else "page"
    rows = TextPair.objects.select_for_update().filter(**{f"{owner}_id": thing.thing.pk})
    pairs = {pair.path: pair for pair in rows}
    is_locked = is_locked_for(thing.thing, by)
    outcomes, texts = [], {}
    for entry in entries:
        pair = pairs.get(entry.path)
        most = _most_characters(thing.thing, f"{entry.path}_{file.target}")
        why = _judge(entry, pair, file, is_locked=is_locked, most=most)
        if why == "imported":
            texts[entry.path, file.target] = entry.target
        outcomes.append(_outcome(thing, entry, pair, why, file.target))
    if texts:
        _write(type(thing.thing).objects.get(pk=thing.thing.pk), texts, by)
    return outcomes


def _judge(entry: po.Entry, pair: TextPair | None, file: po.PoFile, *, is_locked: bool, most: int) -> str:
    if pair is None:
        return "unknown_place"
    now = getattr(pair, file.target)
    reasons = (
        (not entry.target, "empty"),
        (entry.target == now, "same"),
        (entry.is_open, "fuzzy"),
        (not entry.mark, "no_mark"),
        (po.mark_of(now) != entry.mark, "target_changed"),
        (entry.source != getattr(pair, file.source), "source_changed"),
        (len(entry.target) > most, "too_long"),
        (is_locked, "locked"),
    )
    return next((why for holds, why in reasons if holds), "imported")


def _most_characters(thing: Any, field: str) -> int:
    """How long a text may be: fields have a limit, blocks have none."""
    limits = {each.name: each.max_length for each in thing._meta.concrete_fields}
    return limits.get(field) or sys.maxsize


def _outcome(thing: LearningObject, entry: po.Entry, pair: TextPair | None, why: str, target: str) -> Outcome:
    state = "imported" if why == "imported" else "unchanged" if why in UNCHANGED else "refused"
    place = label_of(pair) if pair else entry.path
    address = f"{thing.address}#pair-{entry.path}" if pair else thing.address
    both = (entry.target, getattr(pair, target)) if why == "target_changed" else ("", "")
    return Outcome(entry.code, place, state, why, address, target, *both)


def _write(thing: Any, texts: dict[tuple[str, str], str], by: User) -> None:
    draft = thing.get_latest_revision_as_object()
    draft = draft.with_content_json(with_texts(draft.serializable_data(), draft.stream_names(), texts))
    if isinstance(draft, Item):
        draft.save()
    draft.save_revision(user=by, log_action=True, clean=False)


def _entry(thing: LearningObject, pair: TextPair, source: str, target: str) -> po.Entry:
    comments = [f"{thing.title[:80]}: {label_of(pair)}", str(TextPair.State(pair.state).label)]
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    if found := what_changed(pair):
        comments.append("".join(signs[change.kind].format(change.text) for change in found).replace("\n", " "))
    text = getattr(pair, target)
    return po.Entry(thing.code, pair.path, getattr(pair, source), text, po.mark_of(text), comments=tuple(comments))
