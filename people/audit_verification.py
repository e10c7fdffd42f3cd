"""Walks the record's chain in the database, in constant memory, and tells what it found."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .audit_chain import Finding, Kind, Row, Walk
from .models import AuditEntry, AuditHead
from .models.audit import COLUMNS

CHUNK = 5000


def verify(*, anchor: str = "") -> Walk:
    """Walk along all entries. Others may go on writing: what they add is verified too, or left for the next walk.

    `anchor` is a head that was kept elsewhere, in lower case.
    """
    walk = Walk(head=_head(), anchor=anchor)
    rows = AuditEntry.objects.order_by("sequence").values_list(*COLUMNS)
    for row in rows.iterator(chunk_size=CHUNK):
        walk.step(Row._make(row))
    walk.finish(head_now=_head()[0])
    return walk


def sentence_for(finding: Finding) -> str:
    """What happened to which entries, in the reader's language."""
    numbers = {"first": finding.first, "last": finding.last}
    if finding.first != finding.last:
        sentences = {
            Kind.REMOVED: _("Entries %(first)s to %(last)s were removed."),
            Kind.INSERTED: _("Entries %(first)s to %(last)s were inserted."),
        }
        return sentences[finding.kind] % numbers
    sentences = {
        Kind.CHANGED: _("Entry %(first)s was changed."),
        Kind.REMOVED: _("Entry %(first)s was removed."),
        Kind.INSERTED: _("Entry %(first)s was inserted."),
        Kind.REPLACED: _("Entry %(first)s was replaced: the next one was written after another."),
        Kind.HEAD: _("Entry %(first)s is not the one that was written last."),
        Kind.CUT: _(
            "The head that was kept elsewhere is not in the record: "
            "entries were cut off its end, or all were rewritten."
        ),
    }
    return sentences[finding.kind] % numbers


def _head() -> tuple[int, str]:
    head = AuditHead.objects.values_list("sequence", "sha256").first()
    return head or (0, AuditHead().sha256)
