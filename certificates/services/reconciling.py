"""Finds and mends what a crash or an old fault left between completion, credential and document."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from curricula.models import Enrollment
from people import audit
from people.audit import Deed
from people.models import User

from ..models import Credential
from .documents import folder
from .issuance import ask_for_documents, issue_credential


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many credentials were issued late, documents found missing on the disk, and documents asked for in all."""

    issued: int
    lost: int
    waiting: int


def reconcile(*, retry_problems: bool = False, by: User | None = None) -> Reconciled:
    """Issue what is missing and ask for documents that are missing. Harmless when repeated.

    With `retry_problems`, documents that could not be drawn are tried again (after new faces were installed).
    """
    mine = Credential.objects.filter(person=OuterRef("person"), edition=OuterRef("followed_edition"))
    held = mine.filter(  # as `lines.covering` says it of one enrollment
        Q(enrollment=OuterRef("pk"))
        | Q(enrollment__isnull=True)
        | Q(revoked_at__isnull=True, superseded_at__isnull=True, renewable_from__isnull=True)
        | Q(revoked_at__isnull=True, superseded_at__isnull=True, renewable_from__gt=OuterRef("completed_at"))
    )
    line = Credential.objects.filter(
        person=OuterRef("person"), edition__curriculum=OuterRef("followed_curriculum"), superseded_at__isnull=True
    )
    forbids = line.filter(  # as `lines.forbids_renewal` says it
        Q(revoked_at__isnull=True, suspended_at__isnull=False)
        | Q(issued_at__lte=OuterRef("completed_at"), revoked_at__gte=OuterRef("completed_at"))
    )
    completed = Enrollment.objects.completed().annotate(
        followed_edition=Coalesce("kept_edition", "cohort__edition"),
        followed_curriculum=Coalesce("kept_edition__curriculum", "cohort__edition__curriculum"),
    )
    without = completed.filter(~Exists(held), ~Exists(forbids), person__erased_at__isnull=True)
    issued = 0
    for enrollment in (
        without.select_related("person", "office", "cohort__edition__curriculum", "kept_edition__curriculum")
        .order_by("completed_at")
        .iterator(chunk_size=200)
    ):
        assert enrollment.completed_at is not None
        issue_credential(enrollment=enrollment, at=enrollment.completed_at, by=by)
        issued += 1
    lost = forget_lost_documents(by=by)
    if retry_problems:
        with transaction.atomic():
            if again := Credential.objects.exclude(document_problem="").update(document_problem=""):
                audit.record("certificates.document.tried_again", None, by=by, data={"documents": again})
    waiting = Credential.objects.undrawn().count()
    if waiting:
        with transaction.atomic():
            ask_for_documents()
    return Reconciled(issued, lost, waiting)


def forget_lost_documents(*, by: User | None) -> int:
    """Let documents be drawn again whose file is gone. The new file has another signature and the same payload."""
    rows = Credential.objects.exclude(document="").values_list("pk", "document")
    lost = [pk for pk, document in rows.iterator(chunk_size=2000) if not (folder() / document).is_file()]
    if not lost:
        return 0
    with transaction.atomic():
        found = list(Credential.objects.filter(pk__in=lost).select_related("person"))
        Credential.objects.filter(pk__in=lost).update(
            document="", document_sha256="", signed_at=None, claimed_by_job=None
        )
        audit.record_all(
            [
                Deed("certificates.credential.document_lost", credential, {"sha256": credential.document_sha256})
                for credential in found
            ],
            by=by,
        )
    return len(lost)
