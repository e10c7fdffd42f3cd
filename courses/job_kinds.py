"""The jobs of courses."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.models import Job
from jobs.registry import job_kind
from jobs.reporter import Reporter
from jobs.results import new_result
from people.access import require
from people.models import User
from people.roles import Right

from .exceptions import FileGone
from .question_files import path_of
from .question_report import csv_of_plan
from .services.questions import IMPORTING, import_in_pieces, plan_import


@job_kind(IMPORTING, title=gettext_lazy("Import questions"), right=Right.AUTHOR)
def import_questions(job: Job, report: Reporter) -> None:
    """Writes the questions of a kept file, piece by piece; interrupted, it goes on with the next piece. Its result is
    the report of what becomes of each question, as it stood before the first was written.

    Raises:
        FileGone: files are kept for a day. PermissionDenied: the right was lost since.
    """
    by = cast("User", job.requested_by)
    require(by, Right.AUTHOR)
    kept = path_of(job.params["sha256"], by.pk)
    told = new_result(job, _("question-report.csv"))
    try:
        data = kept.read_bytes()
    except FileNotFoundError:
        raise FileGone from None
    language, category = job.params["language"], job.params["category"]
    plan = plan_import(data=data, language=language, category=category, by=by)
    if not job.checkpoint or not told.exists():
        told.write_bytes(csv_of_plan(plan))
    done: int = job.checkpoint.get("done", 0)
    counts: dict[str, int] = job.checkpoint.get("counts", {})
    report.total(plan.distinct, done=done)
    pieces = import_in_pieces(
        data=data, language=language, category=category, by=by, begin=job.checkpoint.get("pieces", 0), counts=counts
    )
    for piece, questions, counts in pieces:
        done += questions
        report.advance(questions)
        report.checkpoint({"pieces": piece, "done": done, "counts": counts})
    kept.unlink(missing_ok=True)
    job.result = counts
