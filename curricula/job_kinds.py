"""The jobs of curricula."""

from __future__ import annotations

from typing import cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.registry import job_kind
from jobs.reporter import Reporter
from people.access import require
from people.models import User
from people.roles import Right

from .access import cohort_for, enrollments_visible_to, roster_import_for
from .bulk import BULK, bulk_action_of
from .exceptions import RosterGone
from .models import Cohort, RosterImport
from .roster_files import kept
from .selectors import officers_to_invite
from .services.bulk import act_on_many
from .services.invitations import INVITING, invite_officers
from .services.life import LAPSING, lapse_overdue
from .services.reminders import REMINDERS, write_due_reminders
from .services.roster_undoing import UNDOING, undo_roster
from .services.rosters import APPLYING, apply_roster
from .services.session_reminders import SESSION_REMINDERS, write_session_reminders


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


@job_kind(LAPSING, title=_("Let enrollments lapse whose time is over"))
def lapse_enrollments(job: Job, report: Reporter) -> None:
    """Lets what is overdue lapse; interrupted, it goes on with what is left."""
    lapsed = 0
    for number in lapse_overdue(by=None):
        lapsed += number
        report.total(lapsed, done=lapsed)
    job.result = {"lapsed": lapsed}


@job_kind(BULK, title=_("Do something to many officers"), right=Right.MANAGE_COHORTS)
def act_in_bulk(job: Job, report: Reporter) -> None:
    """Goes through the list that was shown; interrupted, it goes on behind the last batch that was kept."""
    by = cast("User", job.requested_by)
    action = bulk_action_of(job.params["action"])
    assert action
    require(by, action.right)
    cohort = cohort_for(by, Cohort.objects.values_list("code", flat=True).get(pk=job.params["cohort"]))
    ids, place = job.params["enrollments"], job.checkpoint.get("done", 0)
    done, refused = job.checkpoint.get("acted", 0), job.checkpoint.get("refused", 0)
    report.total(len(ids), done=place)
    batches = act_on_many(
        action=action,
        enrollments=enrollments_visible_to(by, cohort),
        ids=ids[place:],
        given=job.params["given"],
        by=by,
    )
    for handled, refusals in batches:
        for one in refusals:
            report.error(code=one.refusal.code, row=one.name, value=one.officer, sentence=str(one.refusal))
        place, refused = place + handled, refused + len(refusals)
        done = place - refused
        report.advance(handled)
        report.checkpoint({"done": place, "acted": done, "refused": refused})
    job.result = {"acted": done, "refused": refused, "address": reverse("curricula:officers", args=[cohort.code])}


@job_kind(SESSION_REMINDERS, title=_("Remind officers of their sessions"))
def remind_officers(job: Job, report: Reporter) -> None:
    """Writes the letters that are due; interrupted, it goes on with those that are not written yet."""
    job.result = {"letters": write_session_reminders()}


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


@job_kind(REMINDERS, title=_("Remind officers"))
def remind_officers_by_rules(job: Job, report: Reporter) -> None:
    """Writes what is due; interrupted, it goes on with what the log does not hold yet."""
    written = 0
    for batch in write_due_reminders():
        written += batch
        report.total(written, done=written)
    job.result = {"letters": written}
