"""The job that draws and signs."""

from __future__ import annotations

import hashlib

import pytest
from pytest_django import Settings

from certificates.models import Credential
from certificates.services import documents
from certificates.services.documents import draw_documents, folder
from certificates.services.issuer import trusted_roots
from certificates.services.verification import verify_file
from certificates.signing.checking import check_document
from jobs.models import Job
from people import clock

from .conftest import World, draw_all


def test_the_job_draws_signs_and_keeps(world: World) -> None:
    for name in ("Javier Ávila Lara", "María de los Ángeles Güemes Ibáñez de la Peña y Núñez", "Łukasz Dvořák"):
        world.credential(name)
    job = draw_all()
    assert (job.state, job.done, job.total, job.errors) == (Job.State.DONE, 3, 3, [])
    assert job.result == {"documents": 3}
    for credential in Credential.objects.all():
        data = (folder() / credential.document).read_bytes()
        assert hashlib.sha256(data).hexdigest() == credential.document_sha256
        assert check_document(data, trusted=trusted_roots(), at=clock.now()).number == credential.number
        assert verify_file(data).is_valid
    assert not list(folder().rglob(".*"))


def test_running_again_draws_nothing_twice(world: World) -> None:
    world.credential()
    draw_all()
    before = Credential.objects.get().document_sha256
    job = draw_all()
    assert job.state == Job.State.DONE and Credential.objects.get().document_sha256 == before
    assert len(list(folder().rglob("*.pdf"))) == 1


def test_a_name_that_cannot_be_drawn_stops_nobody_else(world: World) -> None:
    unlucky, lucky = world.credential("Дмитрий Paz"), world.credential("Ana Ruiz Paz")
    job = draw_all()
    assert job.state == Job.State.DONE
    assert [(error["code"], error["value"]) for error in job.errors] == [("undrawable", unlucky.number)]
    assert "no glyph for" in Credential.objects.get(pk=unlucky.pk).document_problem
    assert Credential.objects.get(pk=lucky.pk).document


def test_work_is_shared_between_jobs_and_a_killed_one_is_continued(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "BATCH", 2)
    for n in range(6):
        world.credential(f"Ana Ruiz {n}")
    alive, other = (Job.objects.create(kind="draw_certificates", state=Job.State.RUNNING) for _ in range(2))
    first = draw_documents(job_id=alive.pk)
    assert next(first).documents == 2
    claimed = documents._claim(alive.pk)
    assert len(claimed) == 2
    assert sum(batch.documents for batch in draw_documents(job_id=other.pk)) == 2, (
        "what the other job claimed is left alone"
    )
    assert sum(batch.documents for batch in draw_documents(job_id=alive.pk)) == 2, (
        "begun again, it goes on with its own"
    )
    assert not Credential.objects.undrawn().exists()


def test_an_issuer_that_cannot_sign_fails_the_job_with_a_sentence(world: World, settings: Settings, tmp_path) -> None:
    world.credential()
    settings.PUENTE_ISSUER_FILE = tmp_path / "lost.p12"
    job = draw_all()
    assert job.state == Job.State.FAILED and job.errors[0]["code"] == "issuer_unreadable"
    assert Credential.objects.undrawn().count() == 1
