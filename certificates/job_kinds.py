"""The jobs of certificates."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jobs.models import Job
from jobs.registry import job_kind
from jobs.results import new_result
from jobs.services import Reporter
from people import audit
from people.roles import Right

from .models import Credential
from .register import RegisterFilter
from .services.bundles import in_order_of_offices, write_list, write_print_run, write_zip
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


BUNDLE = "certificate_bundle"
WRITERS = {
    "zip": ("certificates.zip", write_zip),
    "print": ("print-run.zip", write_print_run),
    "list": ("mail-merge.csv", write_list),
}


@job_kind(BUNDLE, title=_("Put certificates together"), right=Right.CERTIFY)
def put_together(job: Job, report: Reporter) -> None:
    """Writes one file from the certificates that the filter found when the job first ran."""
    if job.requested_by is None:
        return
    if "ids" not in job.checkpoint:
        found = RegisterFilter(QueryDict(job.params["asked"]), reader=job.requested_by).found()
        report.checkpoint({"ids": list(found.values_list("pk", flat=True))})
    ids = job.checkpoint["ids"]
    name, write = WRITERS[job.params["what"]]
    path = new_result(job, name)
    draft = path.with_name(f".{name}")
    report.total(len(ids))
    written = 0
    for credential in write(draft, in_order_of_offices(ids)):
        written += credential is not None
        report.advance()
    draft.replace(path)
    if missing := len(ids) - written:
        sentence = ngettext(
            "%(count)s certificate has no document yet. Ask again in a few minutes.",
            "%(count)s certificates have no document yet. Ask again in a few minutes.",
            missing,
        )
        report.error(code="not_drawn", value=str(missing), sentence=sentence % {"count": missing})
    job.result = {"certificates": written}
    data = {"what": job.params["what"], "certificates": written}
    audit.record("certificates.bundle.made", None, by=job.requested_by, data=data)
