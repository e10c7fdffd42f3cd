"""The jobs of certificates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.registry import job_kind
from jobs.services import Reporter

from .models import Credential
from .services.documents import draw_documents
from .services.issuance import DRAWING
from .services.notices import NOTICES, write_due_notices
from .services.reconciling import reconcile


@job_kind(DRAWING, title=_("Draw and sign certificates"))
def draw_certificates(job: Job, report: Reporter) -> None:
    """Draws what is undrawn; interrupted, it goes on with what is left."""
    done = 0
    report.total(Credential.objects.undrawn().count())
    for batch in draw_documents(job_id=job.pk):
        job.result = {"documents": job.result.get("documents", 0) + batch.documents}
        for number, problem in batch.problems.items():
            report.error(code="undrawable", value=number, sentence=problem)
        done += batch.documents + len(batch.problems)
        report.total(done + Credential.objects.undrawn().count(), done=done)  # others may come while it draws


@job_kind("reconcile_certificates", title=_("Find missing certificates"))
def reconcile_certificates(job: Job, report: Reporter) -> None:
    """Issues and redraws what is missing."""
    found = reconcile()
    job.result = {"issued": found.issued, "lost": found.lost, "waiting": found.waiting}


@job_kind(NOTICES, title=_("Tell holders whose certificates end soon"))
def tell_holders(job: Job, report: Reporter) -> None:
    """Writes the letters that are due; interrupted, it goes on with those that are not written yet."""
    written = 0
    for batch in write_due_notices():
        written += batch
        report.total(written, done=written)
    job.result = {"letters": written}
