"""The jobs of the floor below: letters are sent."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext_lazy as _

from people.services.posting import send_due_letters

from .models import Job
from .outbox import KIND
from .registry import job_kind
from .reporter import Reporter


@job_kind(KIND, title=_("Send e-mail"))
def send_letters(job: Job, report: Reporter) -> None:
    """Sends what is due; interrupted, it goes on with what is left."""
    states: Counter[str] = Counter()
    for state in send_due_letters():
        states[state.value] += 1
        report.advance()
    job.result = dict(states)
