"""Freezes a period: reads all floors as of its last moment into an extract that is never written a second time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from people import audit, clock
from people.models import User

from ..disclosure import DEFAULT_CELL
from ..exceptions import NothingToReport, PeriodEndsBeforeItBegins, PeriodNotOver, SnapshotDamaged
from ..facts import read_facts
from ..models import Snapshot
from ..moment import declaration_on, one_moment, software
from ..snapshots import schema
from ..snapshots.reading import NotTheFrozenFile, read_snapshot
from ..snapshots.writing import write_snapshot

_TRIES = 3


def freeze(*, from_on: dt.date, to_on: dt.date, by: User | None) -> Snapshot:
    """The snapshot of a period, both days included. The same facts give the same snapshot, not a second one; when facts
    were corrected since, a new one that names the one it replaces.

    Raises:
        PeriodEndsBeforeItBegins, PeriodNotOver, NothingToReport: nothing is written.
    """
    check_period(from_on=from_on, to_on=to_on)
    cut_off = dt.datetime.combine(to_on, dt.time.max, tzinfo=dt.UTC)
    with one_moment():
        tables, is_demo = read_facts(cut_off=cut_off)
        declaration = declaration_on()
    if not len(tables["enrollments"]["person"]):
        raise NothingToReport(to=to_on.isoformat())
    facts = schema.content_sha256(tables, extra=f"{from_on} {to_on} {is_demo}")
    for attempt in range(_TRIES):
        before = Snapshot.objects.filter(from_on=from_on, to_on=to_on).order_by("-pk").first()
        if before and before.content_sha256 == facts and _is_whole(before):
            return before
        number = Snapshot.objects.filter(from_on=from_on, to_on=to_on).count() + 1
        meta = schema.Meta(
            extract=f"ESC-{from_on:%Y%m%d}-{to_on:%Y%m%d}-{number}",
            period_from=from_on.isoformat(),
            period_to=to_on.isoformat(),
            cut_off=cut_off.isoformat(timespec="seconds"),
            declaration=declaration,
            software=software(),
            time_zone="UTC",
            smallest_cell=DEFAULT_CELL,
            demonstration=is_demo,
        )
        try:
            return _keep(schema.Snapshot(meta, tables), facts, before=before, cut_off=cut_off, by=by)
        except IntegrityError:  # somebody froze the same period at the same moment
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def check_period(*, from_on: dt.date, to_on: dt.date) -> None:
    """Whether a period can be reported: it does not end before it begins, and is over.

    Raises:
        PeriodEndsBeforeItBegins, PeriodNotOver: it cannot.
    """
    if to_on < from_on:
        raise PeriodEndsBeforeItBegins(**{"from": from_on.isoformat(), "to": to_on.isoformat()})
    if to_on > clock.yesterday():
        raise PeriodNotOver(to=to_on.isoformat(), latest=clock.yesterday().isoformat())


def open_snapshot(snapshot: Snapshot) -> schema.Snapshot:
    """The extract in memory.

    Raises:
        SnapshotDamaged: its file is missing, or not the one that was frozen.
    """
    try:
        return read_snapshot(path_of(snapshot), sha256=snapshot.sha256)
    except (OSError, NotTheFrozenFile):
        raise SnapshotDamaged(extract=snapshot.extract) from None


def path_of(snapshot: Snapshot) -> Path:
    """Where the file of a snapshot lies, in the private folder."""
    return Path(settings.PUENTE_PRIVATE_DIR) / snapshot.file


def _is_whole(snapshot: Snapshot) -> bool:
    try:
        open_snapshot(snapshot)
    except SnapshotDamaged:
        return False
    return True


def _keep(
    extract: schema.Snapshot, facts: str, *, before: Snapshot | None, cut_off: dt.datetime, by: User | None
) -> Snapshot:
    """The file first, complete on the disk; then the row that names it."""
    meta = extract.meta
    place = f"snapshots/{meta.extract}-{facts[:12]}.h5"
    path = Path(settings.PUENTE_PRIVATE_DIR) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    sha256 = write_snapshot(extract, path)
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            extract=meta.extract,
            from_on=meta.period_from,
            to_on=meta.period_to,
            cut_off_at=cut_off,
            file=place,
            sha256=sha256,
            content_sha256=facts,
            is_demo=meta.demonstration,
            replaces=before,
            created_by=by,
        )
        audit.record(
            "reports.snapshot.frozen",
            snapshot,
            by=by,
            data={"extract": meta.extract, "sha256": sha256, "from_on": meta.period_from, "to_on": meta.period_to},
        )
    return snapshot
