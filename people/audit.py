"""The record of who did what, written in the same transaction as the deed, with stable codes and without names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, models, transaction

from . import clock
from .audit_chain import digest
from .models import AuditEntry, AuditHead, Participant, User

Values = Mapping[str, Any]

PERSONAL = frozenset(
    {"email", "address", "given_names", "surname_1", "surname_2", "full_name", "officer_number", "password", "position"}
)
"""Fields of a person. The record says that they changed and never what they said."""

ADDRESS = re.compile(r"\S@\S+\.\S")
"""An e-mail address, in whatever text it stands: the text is not kept."""

MASK = "***"
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be recorded.

    `before` and `after` hold what the deed changed; what is equal in both is left out. `concerns` is the Participant
    whose records the object belongs to, found from the object when it is not given. `personal` names more fields that
    are recorded without what they say.
    """

    action: str
    instance: models.Model | None
    data: Values | None = None
    before: Values | None = None
    after: Values | None = None
    concerns: int | None = None
    personal: frozenset[str] = frozenset()


def record(
    action: str,
    instance: models.Model | None,
    *,
    by: User | AnonymousUser | None,
    data: Values | None = None,
    before: Values | None = None,
    after: Values | None = None,
    concerns: int | None = None,
) -> None:
    """Write one entry, such as `curricula.enrollment.withdrawn`. `by` is None when the system acts.

    Three statements in the caller's transaction. Holds the row of the record's head (`AuditHead`) from here until that
    transaction ends: call it last, so that others wait least and no lock is asked for behind it. Ids and codes go in,
    never free text that somebody typed.
    """
    record_all([Deed(action, instance, data, before, after, concerns)], by=by)


def record_all(deeds: Iterable[Deed], *, by: User | AnonymousUser | None) -> None:
    """Write many entries of one actor, in three statements for each two thousand. Holds the head's row as `record`."""
    entries = [_entry(deed, by) for deed in deeds]
    if not entries:
        return
    gathered = _gathered.get()
    if gathered is None:
        _append(entries)
    else:
        gathered.add(entries)


@contextmanager
def gathering() -> Iterator[None]:
    """What is recorded within is written when the block ends, together: one lock, taken last, and three statements.

    For a deed of several services, each of which records. The block is part of the caller's transaction; what a
    savepoint takes back within it is not recorded. Within another block, the outer one writes.
    """
    if _gathered.get() is not None:
        yield
        return
    gathered = _Gathered()
    with transaction.atomic(savepoint=False):
        token = _gathered.set(gathered)
        try:
            yield
        finally:
            _gathered.reset(token)
        _append(gathered.standing())


def record_saved(instance: models.Model, before: Values | None, *, by: User | None) -> None:
    """Record an object that was written outside of the administration, such as `people.agency.changed`, if it changed.

    `before` are its values (`values_of`) as they were; None when it is new.
    """
    after = values_of(instance)
    if before is None or before != after:
        what = "created" if before is None else "changed"
        record(f"{instance._meta.label_lower}.{what}", instance, by=by, before=before, after=after)


def values_of(instance: models.Model) -> dict[str, Any]:
    """The fields of an object as the record keeps them: plain values, other objects by their number."""
    kept = (field for field in instance._meta.concrete_fields if not field.primary_key)
    return {field.attname: getattr(instance, field.attname) for field in kept}


def side_of(thing: Any) -> int | None:
    """The Participant whose records an object belongs to; None for what both share.

    It may cost a query where the object only knows its person: give `concerns` where that counts.
    """
    if isinstance(thing, Participant):
        return thing.pk
    if side := getattr(thing, "participant_id", None):
        return int(side)
    for name in ("person", "user", "agency"):
        if getattr(thing, f"{name}_id", None):
            return side_of(getattr(thing, name))
    return None


@dataclass(slots=True)
class _Gathered:
    """Entries that wait for the end of a block, each batch with a mark that falls away with its savepoint."""

    batches: list[tuple[Callable[[], None], list[AuditEntry]]] = field(default_factory=list)

    def add(self, entries: list[AuditEntry]) -> None:
        def mark() -> None:
            """Nothing is to be done after the commit."""

        transaction.on_commit(mark)
        self.batches.append((mark, entries))

    def standing(self) -> list[AuditEntry]:
        marks = {mark for mark, _ in self.batches}
        still = {hook[1] for hook in connection.run_on_commit if hook[1] in marks}
        connection.run_on_commit = [hook for hook in connection.run_on_commit if hook[1] not in marks]
        return [entry for mark, entries in self.batches if mark in still for entry in entries]


_gathered: ContextVar[_Gathered | None] = ContextVar("gathered", default=None)


def _entry(deed: Deed, by: User | AnonymousUser | None) -> AuditEntry:
    instance, personal = deed.instance, PERSONAL | deed.personal
    before, after = dict(deed.before or {}), dict(deed.after or {})
    for name in [name for name in before if name in after and before[name] == after[name]]:
        del before[name], after[name]
    return AuditEntry(
        at=clock.now(),
        action=deed.action,
        actor_id=by.pk if by is not None else None,
        acting_for_id=getattr(by, "participant_id", None),
        concerns_id=deed.concerns or side_of(instance),
        object_type=instance._meta.label_lower if instance is not None else "",
        object_id=str(instance.pk) if instance is not None else "",
        before=_plain(before, personal),
        after=_plain(after, personal),
        data=_plain(deed.data or {}, personal),
    )


def _append(entries: Sequence[AuditEntry]) -> None:
    """Number, chain and write. Holds the head's row (SELECT … FOR UPDATE; SQLite's transactions are IMMEDIATE)."""
    if not entries:
        return
    with transaction.atomic(savepoint=False):
        head = _locked_head()
        for entry in entries:
            entry.sequence, entry.previous_sha256 = head.sequence + 1, head.sha256
            entry.sha256 = digest(entry.row)
            head.sequence, head.sha256 = entry.sequence, entry.sha256
        AuditEntry.objects.bulk_create(entries, batch_size=BATCH)
        AuditHead.objects.filter(pk=head.pk).update(sequence=head.sequence, sha256=head.sha256)


def _locked_head() -> AuditHead:
    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    if head is None:  # an emptied database: the head follows from the entries
        last = AuditEntry.objects.first()
        new = AuditHead(pk=1, sequence=last.sequence, sha256=last.sha256) if last else AuditHead(pk=1)
        AuditHead.objects.bulk_create([new], ignore_conflicts=True)
        head = AuditHead.objects.select_for_update().get(pk=1)
    return head


def _plain(value: Any, personal: frozenset[str]) -> Any:
    """The value as every database gives it back: text, whole numbers, truth, nothing, lists and mappings of them."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Mapping):
        return {str(k): MASK if k in personal and v else _plain(v, personal) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(part, personal) for part in value]
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    text = str(value)
    return MASK if ADDRESS.search(text) else text.replace("\x00", "").encode("utf-8", "replace").decode()
