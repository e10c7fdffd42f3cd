"""The jobs of curricula."""

from __future__ import annotations

from typing import cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.registry import job_kind
from jobs.reporter import Reporter
from people.models import User

from .access import cohort_for
from .models import Cohort
from .selectors import officers_to_invite
from .services.invitations import INVITING, invite_officers
from .services.reminders import REMINDERS, write_due_reminders


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


@job_kind(REMINDERS, title=_("Remind officers"))
def remind_officers_by_rules(job: Job, report: Reporter) -> None:
    """Writes what is due; interrupted, it goes on with what the log does not hold yet."""
    written = 0
    for batch in write_due_reminders():
        written += batch
        report.total(written, done=written)
    job.result = {"letters": written}
