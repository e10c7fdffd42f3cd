"""What jobs hold about whoever asked for them: the rows, and the files that were made."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.erasing import Erasure, erases
from people.held_data import Field, Row, held, is_about_a_person
from people.models import Participant, User
from people.retaining import Expired, retained

from .models import Job
from .registry import titles
from .results import folder_of

KEPT_BY_THEIR_KIND: set[str] = set()
"""Kinds of jobs whose results have a retention rule of their own; their apps add them."""

is_about_a_person("jobs.Job", "requested_by")


@held(
    "jobs",
    title=_("Jobs"),
    about=_("What you asked for and took longer than a moment, such as exports and reports."),
    place=800,
    fields=(
        Field("kind", _("Kind"), titles),
        Field("state", _("State"), lambda: dict(Job.State.choices)),
        Field("asked_at", _("Asked for")),
        Field("finished_at", _("Finished")),
        Field("parameters", _("Parameters")),
        Field("result_file", _("File")),
    ),
    covers=["jobs.Job.requested_by"],
)
def jobs(person: User) -> Iterable[Row]:
    """All jobs, the oldest first."""
    columns = ("kind", "state", "created_at", "finished_at", "params", "result_file")
    return Job.objects.filter(requested_by=person).order_by("pk").values_list(*columns)


@erases(
    "jobs",
    says=_("Jobs that the person asked for are stopped and removed, with the files that they made."),
    place=700,
)
def forget_jobs(erasure: Erasure) -> None:
    """A job that runs at this moment finds its row gone and ends; what it leaves goes with the next retention run."""
    mine = Job.objects.filter(requested_by=erasure.person)
    folders = [folder_of(pk) for pk in mine.values_list("pk", flat=True)]
    erasure.files += [folder for folder in folders if folder.is_dir()]
    erasure.remove("jobs.Job", mine)


def remove_results(keys: Sequence[Any]) -> int:
    """Remove the files of jobs; rows say then that the file is gone."""
    for job_id in keys:
        shutil.rmtree(folder_of(job_id), ignore_errors=True)
    Job.objects.filter(pk__in=keys).update(result_file="")
    return len(keys)


@retained(
    "job_results",
    title=_("Results of jobs"),
    about=_("Files that jobs made, counted from the day on which the job ended. They can be asked for again."),
    suggested_days=30,
    remove=remove_results,
)
def old_results(participant: Participant, before: dt.datetime) -> Iterable[Expired]:
    """Files of finished jobs that people of the Participant asked for; and what canceled or removed jobs left behind,
    which belongs to no side and goes with the first rule."""
    rows = results_of(participant, before).exclude(kind__in=KEPT_BY_THEIR_KIND)
    found = [Expired(at, pk) for at, pk in rows.values_list("finished_at", "pk") if at]
    return sorted([*found, *_left_behind(before)], key=lambda each: each.since)


def _left_behind(before: dt.datetime) -> Iterator[Expired]:
    wanted = set(Job.objects.unfinished().values_list("pk", flat=True))
    wanted |= set(Job.objects.exclude(result_file="").values_list("pk", flat=True))
    for folder in folder_of(0).parent.glob("*"):
        modified = dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
        if folder.name.isdigit() and int(folder.name) not in wanted and modified < before:
            yield Expired(modified, int(folder.name))


def results_of(participant: Participant, before: dt.datetime) -> QuerySet[Job]:
    """Finished jobs of a Participant's people that still have a file, the oldest first."""
    ended = Q(finished_at__lt=before, participant=participant)
    return Job.objects.filter(ended).exclude(result_file="").order_by("finished_at")
