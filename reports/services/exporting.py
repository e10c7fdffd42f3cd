"""Exports of cohorts as jobs: asked for once, or saved and repeated. The right is asked again whenever one is made."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import translation

from curricula.access import cohort_for, enrollments_visible_to
from curricula.models import Cohort
from jobs.models import Job
from jobs.services import enqueue
from people import audit, clock
from people.access import may
from people.models import User
from people.services.correspondence import Draft, write_letter

from ..exceptions import ExportNotAllowed, NothingChosenToExport
from ..exports.files import FORMATS, write_export
from ..exports.shape import Subject
from ..exports.tables import CONTENTS, right_for, tables_of
from ..models import SavedExport

REGISTER = "register_export"
EXPORTING = "export_cohort"
LETTER = "cohort_export_ready"


def ask_for_export(
    *, cohort: Cohort, contents: Sequence[str], file_format: str, named: bool, language: str, by: User,
    every: str = "",
) -> Job:  # fmt: skip
    """Ask for the job that makes the file; with `every`, for one that is made again from then on.

    Raises:
        NothingChosenToExport: no table, or none that there is. ExportNotAllowed: names need a right of their own.
    """
    chosen = [content for content in CONTENTS if content in contents]
    if not chosen or file_format not in FORMATS:
        raise NothingChosenToExport
    if not may(by, right_for(chosen, named=named)):
        raise ExportNotAllowed
    with transaction.atomic():
        params: dict[str, Any] = {
            "cohort": cohort.pk, "contents": chosen, "format": file_format, "named": named, "language": language,
        }  # fmt: skip
        saved = None
        if every in SavedExport.Every.values:
            saved = SavedExport.objects.create(
                cohort=cohort, contents=chosen, file_format=file_format, is_named=named, language=language, every=every,
                next_on=day_after(clock.today(), every), asked_by=by,
            )  # fmt: skip
            audit.record("reports.export.saved", saved, by=by, data={"cohort": cohort.pk, "kind": every})
        job = enqueue(kind=EXPORTING, params=params | ({"saved": saved.pk} if saved else {}), by=by)
        if saved:
            SavedExport.objects.filter(pk=saved.pk).update(last_job=job)
    return job


@transaction.atomic
def stop_export(*, saved: SavedExport, by: User | None) -> bool:
    """Repeat it no more; what was made stays. False when it was stopped before (one conditional statement decides)."""
    if not SavedExport.objects.running().filter(pk=saved.pk).update(stopped_at=clock.now()):
        return False
    audit.record("reports.export.stopped", saved, by=by, data={"cohort": saved.cohort_id})
    return True


def ask_for_due_exports() -> int:
    """Ask for every export whose day has come, in the name of whoever saved it; how many.

    Each moves to its next day in the transaction that asks for its job, holding its row, so that two sweeps ask once.
    """
    asked = 0
    for pk in SavedExport.objects.due().values_list("pk", flat=True):
        with transaction.atomic():
            saved = SavedExport.objects.select_for_update(of=("self",)).due().filter(pk=pk).first()
            if saved is None:
                continue
            while saved.next_on <= clock.today():
                saved.next_on = day_after(saved.next_on, saved.every)
            params = {
                "cohort": saved.cohort_id, "contents": saved.contents, "format": saved.file_format,
                "named": saved.is_named, "language": saved.language, "saved": saved.pk,
            }  # fmt: skip
            saved.last_job = enqueue(kind=EXPORTING, params=params, by=saved.asked_by)
            saved.save(update_fields=["next_on", "last_job"])
            asked += 1
    return asked


def make_export(*, path: Path, params: dict[str, Any], by: User) -> dict[str, int]:
    """Write the file that a job's parameters describe, over what `by` may see now; how many rows each table has.

    Raises:
        ExportNotAllowed: the right, or the cohort, is not theirs any more.
    """
    contents, named = params["contents"], params["named"]
    right = right_for(contents, named=named)
    code = Cohort.objects.filter(pk=params["cohort"]).values_list("code", flat=True).first()
    try:
        cohort = cohort_for(by, code or "")
    except Http404:
        raise ExportNotAllowed from None
    if not may(by, right):
        raise ExportNotAllowed
    with translation.override(params["language"]):
        tables = tables_of(cohort, enrollments_visible_to(by, cohort, right=right), contents, named=named)
        about = Subject.of_cohort(cohort, named=named)
        counts = write_export(path, params["format"], tables, about=about, language=params["language"])
    what = {"content": contents, "format": params["format"], "named": named}
    audit.record("reports.cohort.exported", cohort, by=by, data=what)
    return counts


def tell_it_is_ready(*, saved: SavedExport, job: Job) -> None:
    """A letter to whoever saved the export, with the way to the job: the file itself never travels by e-mail."""
    with translation.override(saved.asked_by.preferred_language):
        link = f"{settings.PUENTE_BASE_URL}{reverse('jobs:job', args=[job.pk])}"
    values = {
        "name": saved.asked_by.full_name, "cohort_en": saved.cohort.name_en, "cohort_es": saved.cohort.name_es,
        "link": link,
    }  # fmt: skip
    write_letter(kind=LETTER, draft=Draft(to=saved.asked_by, values=values))


def day_after(day: dt.date, every: str) -> dt.date:
    """The next day of a schedule; a month from the 31st is the last day of the next one."""
    if every == SavedExport.Every.DAY:
        return day + dt.timedelta(days=1)
    if every == SavedExport.Every.WEEK:
        return day + dt.timedelta(weeks=1)
    year, month = divmod(12 * day.year + day.month, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
