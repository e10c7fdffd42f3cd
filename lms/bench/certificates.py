"""E: the documents of all who completed, drawn and signed, in one process and then by the real worker."""

from __future__ import annotations

import shutil
import time

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from certificates.models import Credential
from certificates.services.documents import draw_documents, folder
from certificates.services.issuance import DRAWING
from certificates.services.reconciling import reconcile
from jobs.models import Job

from . import history
from .processes import Meter, worker
from .stage import Stage

_PATIENCE_SECONDS = 900


def measure(stage: Stage) -> None:
    """Credentials stand since the officers handed in; here their documents are made, twice."""
    history.complete_lessons(stage.school)
    history.finish_attempts(stage.school.officers)
    job = Job.objects.create(kind=DRAWING, state=Job.State.RUNNING)
    database, started, cpu_started = Meter(None), time.perf_counter(), time.process_time()
    for _batch in draw_documents(job_id=job.pk):
        pass
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu_started + database.seconds()
    _require_documents(stage.school.size)
    stage.figures.add("E.rate", stage.school.size / wall)
    stage.figures.add("E.cpu", 1000 * cpu / stage.school.size)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    _by_worker(stage)


def _by_worker(stage: Stage) -> None:
    """All documents are lost; the product notices and asks its worker for them."""
    shutil.rmtree(folder() / "certificates")
    reconcile()
    job = Job.objects.get(kind=DRAWING, state=Job.State.QUEUED)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with worker() as child:
        meter = Meter(child)
        is_running = False
        while job.state not in {Job.State.DONE, Job.State.FAILED} and time.monotonic() < deadline:
            time.sleep(0.05)
            job.refresh_from_db()
            if not is_running and job.state == Job.State.RUNNING:
                is_running, meter = True, Meter(child)
        cpu = meter.seconds()
    _require_documents(stage.school.size)
    assert job.started_at and job.finished_at
    stage.figures.add("E.worker", (job.finished_at - job.started_at).total_seconds())
    stage.figures.add("E.worker_cpu", cpu)


def _require_documents(officers: int) -> None:
    drawn = Credential.objects.exclude(document="")
    on_disk = sum(1 for _file in (folder() / "certificates").rglob("*.pdf"))
    if drawn.count() != officers or on_disk != officers:
        values = {"documents": drawn.count(), "files": on_disk, "officers": officers}
        raise CommandError(_("%(documents)s documents and %(files)s files for %(officers)s officers.") % values)
