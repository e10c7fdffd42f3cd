"""The jobs of certificates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.registry import job_kind
from jobs.services import Reporter

from .models import Credential
from .services.documents import draw_documents
from .services.issuance import DRAWING
from .services.reconciling import reconcile


@job_kind(DRAWING, title=_("Draw and sign certificates"))
def draw_certificates(job: Job, report: Reporter) -> None:
    """Draws what is undrawn; interrupted, it goes on with what is left."""
    report.total(Credential.objects.undrawn().count())
    documents = job.result.get("documents", 0)
    for batch in draw_documents(job_id=job.pk):
        documents += batch.documents
        job.result = {"documents": documents}
        for number, problem in batch.problems.items():
            report.error(code="undrawable", value=number, sentence=problem)
        report.advance(batch.documents + len(batch.problems))


@job_kind("reconcile_certificates", title=_("Find missing certificates"))
def reconcile_certificates(job: Job, report: Reporter) -> None:
    """Issues and redraws what is missing."""
    found = reconcile()
    job.result = {"issued": found.issued, "lost": found.lost, "waiting": found.waiting}
