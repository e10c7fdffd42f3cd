"""Makes the report to the Executive Steering Committee: an extract, its figures, and both editions, in one folder."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from people import audit
from people.models import User

from ..esc.document import draw
from ..exceptions import CannotWrite, ReportDamaged
from ..figures.assembly import figures_of
from ..figures.canonical import Figures, canonical_bytes
from ..metrics.registry import DEFINITIONS
from ..models import Report, Snapshot
from .freezing import open_snapshot, path_of

FILES = ("snapshot.h5", "figures.json", "report-en.pdf", "report-es.pdf")
Stage = Callable[[str], None]


def make_report(*, snapshot: Snapshot, by: User | None, stage: Stage = lambda _name: None) -> Report:
    """Draw the report of a snapshot. What gives the same files gives the same report, not a second one.

    Raises:
        SnapshotDamaged: the extract is not the one that was frozen.
        CharacterNotPrintable: a name has a character that no typeface has. Nothing is left behind.
    """
    stage("figures")
    figures = figures_of(open_snapshot(snapshot))
    written = canonical_bytes(figures)
    files = {"snapshot.h5": path_of(snapshot).read_bytes(), "figures.json": written}
    for language in ("en", "es"):
        stage(f"draw_{language}")
        files[f"report-{language}.pdf"] = draw(figures, language)
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in FILES}
    together = hashlib.sha256("".join(f"{hashes[name]}  {name}\n" for name in FILES).encode()).hexdigest()
    place = f"reports/{snapshot.extract}/{together[:16]}"
    _keep(Path(settings.PUENTE_PRIVATE_DIR) / place, files)
    with transaction.atomic():
        report, is_new = Report.objects.get_or_create(
            snapshot=snapshot,
            files_sha256=together,
            defaults={
                "figures_sha256": hashes["figures.json"],
                "definitions": DEFINITIONS,
                "folder": place,
                "files": hashes,
                "created_by": by,
            },
        )
        if is_new:
            audit.record("reports.report.made", report, by=by, data={"extract": snapshot.extract, "files": hashes})
    return report


def read_file(report: Report, name: str) -> bytes:
    """A file of a report, as it was written.

    Raises:
        ReportDamaged: it is missing, or a byte of it was changed.
    """
    try:
        data = (Path(settings.PUENTE_PRIVATE_DIR) / report.folder / name).read_bytes()
    except OSError:
        raise ReportDamaged(file=name) from None
    if hashlib.sha256(data).hexdigest() != report.files.get(name):
        raise ReportDamaged(file=name)
    return data


def figures_in(report: Report) -> Figures:
    """The figures of a report.

    Raises:
        ReportDamaged: their file is missing or was changed.
    """
    figures: Figures = json.loads(read_file(report, "figures.json"))
    return figures


def write_out(report: Report, folder: Path, *, by: User | None = None) -> list[Path]:
    """Copy the files of a report into a folder, which is made if need be; each is complete under its name or not there.

    Raises:
        ReportDamaged: a file of the report is missing or was changed. CannotWrite: the folder cannot be written.
    """
    contents = {name: read_file(report, name) for name in FILES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            _write(folder / name, data)
    except OSError as error:
        raise CannotWrite(path=folder, reason=error.strerror or error) from None
    audit.record("reports.report.written_out", report, by=by, data={"files": report.files})
    return [folder / name for name in FILES]


def _keep(folder: Path, files: dict[str, bytes]) -> None:
    """The whole folder under its name, or nothing: its name tells its content, so what stands there is the same."""
    if folder.is_dir() and all(_is(folder / name, data) for name, data in files.items()):
        return
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    draft.mkdir(parents=True)
    try:
        for name, data in files.items():
            _write(draft / name, data)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not folder.is_dir():
            raise


def _is(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
