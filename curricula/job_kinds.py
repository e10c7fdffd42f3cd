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

from .access import cohort_for, enrollments_visible_to
from .bulk import BULK, bulk_action_of
from .models import Cohort
from .selectors import officers_to_invite
from .services.bulk import act_on_many
from .services.invitations import INVITING, invite_officers
from .services.life import LAPSING, lapse_overdue
from .services.session_reminders import REMINDERS, write_due_reminders


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


@job_kind(REMINDERS, title=_("Remind officers of their sessions"))
def remind_officers(job: Job, report: Reporter) -> None:
    """Writes the letters that are due; interrupted, it goes on with those that are not written yet."""
    job.result = {"letters": write_due_reminders()}
