"""Bulk jobs of certificates in a real worker that is killed (`kill -9`) midway: nothing is skipped, nothing doubled."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pypdf
import pytest
from django.conf import settings

from certificates.job_kinds import BUNDLE
from certificates.models import Credential
from certificates.services.documents import BATCH, folder
from certificates.services.issuance import DRAWING
from certificates.services.verification import verify_file
from jobs.models import Job
from jobs.services import enqueue
from people.models import AuditEntry, User
from people.roles import Role

from ..processes import Worker, wait_until
from .conftest import World, build_world, draw_all

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

NUMBER = re.compile(r"PU-\d{4}-\d{6}")


def numbers_of(data: bytes) -> list[str]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    return [row[0] for row in rows[1:]]


def kill_midway(worker: Worker, job: Job) -> None:
    """As soon as the job has decided what it takes, and before it has a result."""

    def has_begun() -> bool:
        job.refresh_from_db()
        return bool(job.checkpoint)

    wait_until(has_begun, what="the list of what is taken", pause=0.001)
    worker.kill()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING and job.starts == 1 and not result_of(job).exists()


def result_of(job: Job) -> Path:
    names = {"zip": "certificates.zip", "print": "print-run.zip", "list": "mail-merge.csv"}
    return Path(settings.PUENTE_PRIVATE_DIR) / "jobs" / str(job.pk) / names[job.params["what"]]


def test_documents(worker: Worker) -> None:
    worker.kill()
    world, many = build_world(), 3 * BATCH + 50
    for number in range(many):
        world.credential(f"Ana Ruiz {number}")
    drawn = Credential.objects.exclude(document="")
    job = Job.objects.get(kind=DRAWING)  # asked for by the issuing itself, once
    worker.start()
    wait_until(drawn.exists, what="the first documents", pause=0.001)
    worker.kill()
    before = dict(drawn.values_list("number", "document_sha256"))
    assert 0 < len(before) < many
    worker.start()
    worker.finish(job)
    assert job.state == Job.State.DONE and job.starts == 2
    assert drawn.count() == many and not Credential.objects.exclude(document_problem="").exists()
    assert before.items() <= dict(drawn.values_list("number", "document_sha256")).items(), "none is drawn again"
    signed = Counter(
        AuditEntry.objects.filter(action="certificates.credential.signed").values_list("object_id", flat=True)
    )
    assert len(signed) == many and set(signed.values()) == {1}
    kept = set(drawn.values_list("document", flat=True))
    assert len(kept) == many and all((folder() / document).is_file() for document in kept)
    for credential in drawn.order_by("pk")[:: many // 5]:
        assert verify_file((folder() / credential.document).read_bytes()).is_valid


@pytest.fixture
def issued(worker: Worker) -> tuple[World, User, list[str]]:
    worker.kill()
    world = build_world()
    for number in range(240):
        world.credential(f"Ana Ruiz {number:03d}")
    draw_all()
    numbers = sorted(Credential.objects.values_list("number", flat=True))
    return world, world.officer("Marta Solís Rey", "SHCP", Role.MANAGER), numbers


def test_what_is_put_together(worker: Worker, issued: tuple[World, User, list[str]]) -> None:
    world, manager, numbers = issued
    for what in ("zip", "print", "list"):
        job = enqueue(kind=BUNDLE, params={"what": what, "asked": ""}, by=manager)
        worker.start()
        kill_midway(worker, job)
        late = world.credential(f"Came Late {what.title()}")
        draw_all()
        worker.start()
        worker.finish(job)
        assert (job.state, job.starts, job.done, job.total) == (Job.State.DONE, 2, len(numbers), len(numbers)), what
        assert job.result == {"certificates": len(numbers)} and late.number not in numbers
        assert sorted(numbers_in(result_of(job), what)) == numbers, what
        assert [path.name for path in result_of(job).parent.iterdir()] == [result_of(job).name], "no draft is left"
        numbers = sorted([*numbers, late.number])
    made = AuditEntry.objects.filter(action="certificates.bundle.made")
    assert made.count() == 3, "each is recorded once"


def numbers_in(path: Path, what: str) -> list[str]:
    """The numbers of the certificates in a result, each as often as it stands there."""
    if what == "list":
        return numbers_of(path.read_bytes())
    with zipfile.ZipFile(path) as bundled:
        names = bundled.namelist()
        if what == "zip":
            listed = numbers_of(bundled.read("index.csv"))
            assert Counter(name.rpartition("/")[2][:14] for name in names if name != "index.csv") == Counter(listed)
            return listed
        found: list[str] = []
        for name in names:
            pages = pypdf.PdfReader(io.BytesIO(bundled.read(name))).pages
            found += [NUMBER.findall(page.extract_text())[0] for page in list(pages)[::2]]
        return found
