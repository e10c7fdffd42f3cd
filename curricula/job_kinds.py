"""The jobs of curricula."""

from __future__ import annotations

from typing import cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.registry import job_kind
from jobs.reporter import Reporter
from people.models import User
from people.roles import Right

from .access import cohort_for, roster_import_for
from .exceptions import RosterGone
from .models import Cohort, RosterImport
from .roster_files import kept
from .selectors import officers_to_invite
from .services.invitations import INVITING, invite_officers
from .services.roster_undoing import UNDOING, undo_roster
from .services.rosters import APPLYING, apply_roster


@job_kind(INVITING, title=_("Invite the officers of a cohort"))
def invite_cohort(job: Job, report: Reporter) -> None:
    """Invites whoever has no sign-in; interrupted, it goes on with those who are left."""
    by = cast("User", job.requested_by)
    cohort = cohort_for(by, Cohort.objects.values_list("code", flat=True).get(pk=job.params["cohort"]))
    report.total(officers_to_invite(cohort, by).count())
    invited = 0
    for number in invite_officers(cohort=cohort, by=by):
        invited += number
        report.advance(number)
    job.result = {"invited": invited, "address": reverse("curricula:board", args=[cohort.code])}


STAGES = {
    "apply": _("Reading, comparing and writing, in one transaction"),
    "undo": _("Taking everything back in one transaction"),
}


@job_kind(APPLYING, title=_("Apply a roster"), stages=STAGES, right=Right.MANAGE_COHORTS)
def apply(job: Job, report: Reporter) -> None:
    """Applies the file that was looked at, all or nothing; run again, it finds what it did before."""
    by, asked = cast("User", job.requested_by), job.params
    cohort = cohort_for(by, Cohort.objects.values_list("code", flat=True).get(pk=asked["cohort"]))
    applied = RosterImport.objects.filter(job=job).first()
    if applied is None:
        path = kept(asked["sha256"], by.participant_id)
        if path is None:
            raise RosterGone
        report.total(asked["rows"])
        report.stage("apply")

        applied = apply_roster(
            cohort=cohort, data=path.read_bytes(), file_name=asked["file_name"], by=by,
            good_rows_only=asked["good_rows_only"], withdrawal_reason=asked["withdrawal_reason"], seen=asked["seen"],
            job=job, last=lambda rows: report.total(rows, done=rows),
        )  # fmt: skip
    counts = {"enrolled": applied.enrolled, "added": applied.people_added, "changed": applied.people_changed}
    job.result = {**counts, "address": reverse("curricula:roster_import", args=[applied.pk])}


@job_kind(UNDOING, title=_("Undo a roster"), stages=STAGES, right=Right.MANAGE_COHORTS)
def undo(job: Job, report: Reporter) -> None:
    """Undoes an import, all or nothing; run again, it finds that it did."""
    by = cast("User", job.requested_by)
    applied = roster_import_for(by, job.params["import"])
    report.total(applied.rows)
    report.stage("undo")
    if not applied.undone_at:
        undo_roster(applied=applied, by=by)
    report.total(applied.rows, done=applied.rows)
    job.result = {"address": reverse("curricula:roster_import", args=[applied.pk])}
