"""E: the documents of all who completed, drawn and signed, in one process and then by the real worker."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from certificates.models import Credential
from certificates.payload import Payload
from certificates.pdf.plain import plain_file
from certificates.pdf.press import Press
from certificates.pdf.template import prepare
from certificates.services.documents import draw_documents, folder
from certificates.services.issuance import DRAWING
from certificates.services.issuer import issuer
from certificates.services.reconciling import reconcile
from jobs.models import Job
from people import clock

from . import history
from .processes import Meter, worker
from .stage import Stage

_PATIENCE_SECONDS = 900
_SAMPLE = 100  # certificates that are drawn anew, each in a file of its own


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
    stage.figures.add("E.core", stage.school.size / cpu)
    stage.figures.add("E.cpu", 1000 * cpu / stage.school.size)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    _each_file_anew(stage)
    _by_worker(stage)


def _each_file_anew(stage: Stage) -> None:
    """The same certificates without a prepared page: reportlab alone, with the square code, and signed as well."""
    payloads = [credential.said for credential in Credential.objects.order_by("pk")[:_SAMPLE]]
    signing = issuer()
    now = clock.now()

    def signed(payload: Payload) -> None:
        page = prepare(payload, paper=payload.design.paper, specimen_key=signing.signer.is_specimen)
        Press(page).print(payload, seal=signing.envelope.seal, reserve=signing.envelope.reserve, signed_at=now)

    roads: dict[str, Callable[[Payload], object]] = {
        "E.reportlab": lambda payload: plain_file(payload, with_code=False),
        "E.reportlab_code": lambda payload: plain_file(payload, with_code=True),
        "E.reportlab_signed": signed,
    }
    for key, road in roads.items():
        started = time.process_time()
        for payload in payloads:
            road(payload)
        stage.figures.add(key, 1000 * (time.process_time() - started) / len(payloads))


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
