"""The jobs of reports."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.registry import job_kind
from jobs.services import Reporter
from people.roles import Right

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
