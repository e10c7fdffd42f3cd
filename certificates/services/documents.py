"""Draws and signs the documents of credentials, in batches, and keeps them in the private folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from jobs.models import Job
from people import audit, clock
from people.audit import Deed

from ..exceptions import TimestampMissing
from ..models import Credential
from ..payload import Payload
from ..pdf.faces import CharacterMissing
from ..pdf.press import Pressroom
from ..signing.timestamps import TimestampFailed
from .issuer import Issuer, issuer

BATCH = 100  # documents per commit
FLUSHED_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a batch ended. `problems` maps numbers to what cannot be drawn, and why."""

    documents: int
    problems: dict[str, str]


def folder() -> Path:
    """The private folder; nothing in it is served but through a view that asks who reads."""
    return Path(settings.PUENTE_PRIVATE_DIR)


def draw_documents(*, job_id: int) -> Iterator[Drawn]:
    """Draw and sign all credentials that have no document, batch by batch, until none is left.

    A batch is claimed by the job with one conditional statement, so that two jobs share the work and never draw the
    same; a claim ends with the job that made it. Files are complete on the disk before the rows that name them are
    committed: a crash leaves at most files that no row names.

    Raises:
        IssuerUnreadable, IssuerExpired, TimestampMissing: nothing can be signed.
    """
    signing = issuer()
    room = Pressroom(specimen_key=signing.signer.is_specimen)
    while batch := _claim(job_id):
        yield _draw(batch, room, signing)


def _claim(job_id: int) -> list[Credential]:
    running = Job.objects.filter(state=Job.State.RUNNING).exclude(pk=job_id).values("pk")
    free = Credential.objects.undrawn().filter(Q(claimed_by_job__isnull=True) | ~Q(claimed_by_job__in=running))
    with transaction.atomic():
        ids = list(free.order_by("pk").values_list("pk", flat=True)[:BATCH])
        free.filter(pk__in=ids).update(claimed_by_job=job_id)
    return list(
        Credential.objects.undrawn().filter(claimed_by_job=job_id, pk__in=ids).select_related("person").order_by("pk")
    )


def _draw(batch: Sequence[Credential], room: Pressroom, signing: Issuer) -> Drawn:
    signed_at = clock.now()
    problems: dict[str, str] = {}
    files: list[tuple[Credential, str, str, Path]] = []
    for credential in batch:
        try:
            payload = Payload.from_json(credential.payload)
            printed = room.print(
                payload, seal=signing.envelope.seal, reserve=signing.envelope.reserve, signed_at=signed_at
            )
        except TimestampFailed as silence:
            raise TimestampMissing(problem=silence) from silence
        except (CharacterMissing, ValueError) as fault:
            problems[credential.number] = str(fault)[:300]
            continue
        shelf = f"certificates/{credential.issued_at.year}/{credential.pk // 1000:05d}"
        place = f"{shelf}/{credential.number}-{printed.sha256[:12]}.pdf"
        files.append((credential, place, printed.sha256, _write(folder() / place, printed.data)))
    _keep(files)
    with transaction.atomic():
        for credential, place, sha256, _ in files:
            Credential.objects.undrawn().filter(pk=credential.pk).update(
                document=place, document_sha256=sha256, signed_at=signed_at, claimed_by_job=None
            )
        for credential in batch:
            if problem := problems.get(credential.number):
                Credential.objects.filter(pk=credential.pk).update(document_problem=problem, claimed_by_job=None)
        signed = [Deed("certificates.credential.signed", row, {"sha256": sha256}) for row, _, sha256, _ in files]
        undrawn = [row for row in batch if row.number in problems]
        audit.record_all([*signed, *(Deed("certificates.credential.undrawable", row) for row in undrawn)], by=None)
    return Drawn(len(files), problems)


def _write(path: Path, data: bytes) -> Path:
    """Write beside the final name; `_keep` gives it that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("wb") as file:
        file.write(data)
    return draft


def _keep(files: Sequence[tuple[Credential, str, str, Path]]) -> None:
    """Bring the drafts of a batch to the disk, then name them, then bring the names to the disk."""
    with ThreadPoolExecutor(FLUSHED_AT_ONCE) as pool:  # file systems flush several files for the price of one
        list(pool.map(_flush, [draft for *_, draft in files]))
    for _, place, _, draft in files:
        draft.replace(folder() / place)
    for parent in {draft.parent for *_, draft in files}:
        _flush(parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
