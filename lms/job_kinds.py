"""The jobs of the composition root."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.registry import job_kind
from jobs.services import Reporter

from .demonstration.life import live, officers_waiting
from .demonstration.practice import hold_exercises
from .demonstration.reminding import remind
from .demonstration.round import set_round
from .demonstration.sessions import hold_sessions
from .demonstration.stage import ask_for_report, publish_complete_editions, set_stage
from .demonstration.state import KIND
from .privacy.job import MY_DATA, STAGES, make_files


@job_kind(KIND, title=_("Fill the demonstration round"))
def fill_demonstration(job: Job, report: Reporter) -> None:
    """Sets the stage and lets the officers live; interrupted, it goes on where it stopped."""
    cohorts = set_stage()
    waiting = officers_waiting(cohorts)
    report.total(waiting)
    before = 0
    for done in live(cohorts):
        report.advance(done - before)
        before = done
    hold_sessions(cohorts)
    remind()
    hold_exercises(cohorts)
    publish_complete_editions()
    set_round(cohorts)
    ask_for_report(cohorts)


@job_kind(MY_DATA, title=_("Gather my data"), stages=STAGES)
def gather_my_data(job: Job, report: Reporter) -> None:
    """Writes everything that is held about whoever asked; run again, it writes the same files anew."""
    make_files(job, report)
