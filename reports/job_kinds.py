"""The jobs of reports."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import cast

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.register import RegisterFilter
from curricula.models import Cohort
from jobs.models import Job
from jobs.registry import job_kind
from jobs.results import new_result
from jobs.services import Reporter
from people import audit
from people.access import require
from people.models import User
from people.roles import Right

from .exceptions import ExportNotAllowed
from .exports.files import SUFFIX, export_bytes, file_name
from .exports.register import ABOUT, register_table
from .models import SavedExport
from .services.exporting import EXPORTING, REGISTER, make_export, stop_export, tell_it_is_ready
from .services.freezing import freeze
from .services.reporting import make_report

ESC_REPORT = "esc_report"
STAGES = {
    "freeze": _("Freezing the period"),
    "figures": _("Counting"),
    "draw_en": _("Drawing the English edition"),
    "draw_es": _("Drawing the Spanish edition"),
}


@job_kind(
    ESC_REPORT, title=_("Make the report to the Executive Steering Committee"), stages=STAGES, right=Right.READ_REPORTS
)
def make_esc_report(job: Job, report: Reporter) -> None:
    """Freezes the period and draws the report; run again, it finds what it made before."""
    days = {name: dt.date.fromisoformat(job.params[name]) for name in ("from_on", "to_on")}
    report.total(len(STAGES))

    def stage(name: str) -> None:
        report.stage(name)
        report.advance()

    stage("freeze")
    snapshot = freeze(**days, by=job.requested_by)
    made = make_report(snapshot=snapshot, by=job.requested_by, stage=stage)
    job.result = {"report": made.pk, "address": reverse("reports:report", args=[made.pk])}


@job_kind(EXPORTING, title=_("Export a cohort"), right=Right.MANAGE_COHORTS)
def export_cohort(job: Job, report: Reporter) -> None:
    """Writes the file anew at each run; a repeated one stops when the right to it is gone."""
    by, params = cast("User", job.requested_by), job.params
    saved = SavedExport.objects.select_related("asked_by", "cohort").filter(pk=params.get("saved", 0)).first()
    report.total(len(params["contents"]))
    cohort = Cohort.objects.get(pk=params["cohort"])
    path = new_result(job, file_name(cohort, params["contents"], params["format"]))
    try:
        rows = make_export(path=path, params=params, by=by)
    except ExportNotAllowed:
        if saved:
            stop_export(saved=saved, by=None)
        raise
    job.result = {"rows": rows, "sha256": sha256_of(path)}
    report.total(len(params["contents"]), done=len(params["contents"]))
    if saved:
        tell_it_is_ready(saved=saved, job=job)


@job_kind(REGISTER, title=_("Export the register of certificates"), right=Right.CERTIFY)
def export_register(job: Job, report: Reporter) -> None:
    """Writes the file anew at each run, from what the filter finds then and the reader may see."""
    by, params = cast("User", job.requested_by), job.params
    for right in (Right.CERTIFY, Right.EXPORT_NAMED):
        require(by, right)
    found = RegisterFilter(QueryDict(params["asked"]), reader=by).found()
    report.total(found.count())
    path = new_result(job, f"certificates{SUFFIX[params['format']]}")
    data = export_bytes(params["format"], [register_table(found)], about=ABOUT, language=params["language"])
    path.write_bytes(data)
    report.total(job.total or 0, done=job.total or 0)
    job.result = {"rows": job.total, "sha256": sha256_of(path)}
    audit.record("certificates.register.exported", None, by=by, data={"format": params["format"]})


def sha256_of(path: Path) -> str:
    """The hash of the file as it lies there."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
