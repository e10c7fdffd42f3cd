"""The register: found, taken away, suspended, revoked and issued anew by managers, over HTTP; bundles by the job."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import h5py
import openpyxl
import pikepdf
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates.job_kinds import BUNDLE
from certificates.models import Credential, Standing
from certificates.services.issuance import issue_credential
from certificates.services.revocation import revoke
from certificates.services.verification import Status, look_up
from jobs.models import Job
from jobs.services import run
from people.models import AuditEntry, User
from people.roles import Role

from .conftest import COMPLETED_AT, World, draw_all

pytestmark = pytest.mark.usefixtures("own_cache")
SignIn = Callable[[User], Client]
PAGE = "/en/manage/certificates/"


@pytest.fixture
def manager(world: World) -> User:
    return world.officer("Marta Solís Rey", "SHCP", Role.MANAGER)


def text_of(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def test_it_shows_the_own_side_and_narrows(world: World, manager: User, as_user: SignIn) -> None:
    mine, other = world.credential(), world.credential("Ana Ruiz Paz", "DHS")
    gone = world.credential("Luis Mora Gil")
    revoke(credential=gone, reason_en="Wrong", reason_es="Equivocado", by=None)
    browser = as_user(manager)
    text = text_of(browser, PAGE)
    assert mine.number in text and gone.number in text and other.number not in text
    for query, is_there in (
        ({"who": "Ávila"}, True),
        ({"who": mine.number}, True),
        ({"who": "mora"}, False),
        ({"standing": "valid", "curriculum": "IN", "cohort": "round"}, True),
        ({"standing": "revoked"}, False),
        ({"issued_from": "2026-11-21"}, False),
        ({"office": str(world.offices["SHCP"].pk)}, True),
    ):
        assert (mine.number in text_of(browser, f"{PAGE}?{urlencode(query)}")) == is_there, query
    for wrong in ({"standing": "nice"}, {"office": str(world.offices["DHS"].pk)}, {"issued_from": "yesterday"}):
        assert mine.number not in text_of(browser, f"{PAGE}?{urlencode(wrong)}", 400)


def test_a_page_costs_the_same_for_few_and_for_many(world: World, manager: User, as_user: SignIn) -> None:
    counts = []
    text_of(as_user(manager), PAGE)  # what every page asks once and keeps
    for many in (1, 6):
        for number in range(many):
            world.credential(f"Ana Ruiz {number}")
        browser = as_user(manager)
        with CaptureQueriesContext(connection) as queries:
            text_of(browser, PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_register_leaves_in_three_formats(world: World, manager: User, as_user: SignIn) -> None:
    credential, _ = world.credential(), world.credential("Luis Mora Gil")
    browser = as_user(manager)

    def file_of(file_format: str) -> bytes:
        asked = urlencode({"who": "Ávila"})
        browser.post(f"{PAGE}register.{file_format}", {"asked": asked})
        job = Job.objects.latest("pk")
        run(job_id=job.pk)
        job.refresh_from_db()
        assert (job.state, job.done, job.result["rows"]) == (Job.State.DONE, 1, 1), job.errors
        answer = browser.get(f"/en/jobs/{job.pk}/result/")
        return b"".join(answer)  # type: ignore[arg-type]

    rows = list(csv.reader(io.StringIO(file_of("csv").decode("utf-8-sig"))))
    assert len(rows) == 2 and rows[1][0] == credential.number
    sheet = openpyxl.load_workbook(io.BytesIO(file_of("xlsx"))).active
    assert sheet is not None and sheet["A2"].value == credential.number
    with h5py.File(io.BytesIO(file_of("hdf5"))) as file:
        assert file["register/number"].asstr()[0] == credential.number
    assert browser.post(f"{PAGE}register.exe").status_code == 404
    assert browser.get(f"{PAGE}register.csv").status_code == 405
    assert AuditEntry.objects.filter(action="certificates.register.exported").count() == 3


def test_a_register_asked_for_is_not_made_once_the_right_is_gone(world: World, manager: User, as_user: SignIn) -> None:
    world.credential()
    as_user(manager).post(f"{PAGE}register.csv", {"asked": ""})
    manager.grants.all().delete()
    job = Job.objects.latest("pk")
    run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED and not job.result_file


def done(browser: Client, credential: Credential, deed: str, **values: str) -> str:
    answer = browser.post(f"{PAGE}{credential.number}/{deed}/", values, follow=True)
    return answer.content.decode()


def test_a_manager_suspends_lifts_and_revokes(world: World, manager: User, as_user: SignIn) -> None:
    credential, browser = world.credential(), as_user(manager)
    reasons = {"reason_en": "Inquiry 7", "reason_es": "Indagación 7"}
    assert "This field is required" in done(browser, credential, "suspend", reason_en="Inquiry 7")
    assert look_up(credential.code).status is Status.VALID, "all or nothing"
    text = done(browser, credential, "suspend", **reasons)
    assert "The certificate is suspended" in text and "Inquiry 7" in text
    assert "is suspended; this is done only to a valid one" in done(browser, credential, "suspend", **reasons)
    assert "The suspension is lifted" in done(browser, credential, "lift")
    assert "The certificate is revoked" in done(browser, credential, "revoke", **reasons)
    credential.refresh_from_db()
    assert credential.standing == Standing.REVOKED and credential.revocation_authority == manager.participant
    assert credential.revoked_by == manager


def test_a_manager_issues_anew(world: World, manager: User, as_user: SignIn) -> None:
    credential, browser = world.credential(), as_user(manager)
    assert "Have the name of the account changed first" in done(browser, credential, "reissue")
    User.objects.filter(pk=credential.person_id).update(surname_1="Güemes")
    text = done(browser, credential, "reissue")
    made = Credential.objects.get(version=2)
    assert made.number in text and credential.number in text and "Javier Güemes Lara" in text


def test_others_find_nothing_and_nobody_manages_the_own(world: World, manager: User, as_user: SignIn) -> None:
    credential = world.credential()
    reasons = {"reason_en": "Wrong", "reason_es": "Equivocado"}
    for who, status in (
        (world.officer("Manager Of DHS", "DHS", Role.MANAGER), 404),
        (world.officer("Esc Member SHCP", "SHCP", Role.ESC), 403),
        (credential.person, 403),
    ):
        browser = as_user(who)
        assert browser.get(f"{PAGE}{credential.number}/").status_code == status
        for deed in ("suspend", "lift", "revoke", "reissue"):
            assert browser.post(f"{PAGE}{credential.number}/{deed}/", reasons).status_code == status, (who, deed)
    mine = issue_credential(enrollment=world.enrollment(manager), at=COMPLETED_AT)
    assert as_user(manager).post(f"{PAGE}{mine.number}/revoke/", reasons).status_code == 404
    assert look_up(credential.code).status is Status.VALID and look_up(mine.code).status is Status.VALID


def bundle(browser: Client, what: str, asked: str = "") -> tuple[Job, Path]:
    browser.post(f"{PAGE}take-away/", {"what": what, "asked": asked})
    job = Job.objects.filter(kind=BUNDLE).latest("pk")
    run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.errors
    return job, Path(settings.PUENTE_PRIVATE_DIR) / "jobs" / job.result_file


def test_all_documents_with_an_index(world: World, manager: User, as_user: SignIn) -> None:
    issued = [world.credential(), world.credential("Ana Ruiz Paz"), world.credential("Luis Mora Gil")]
    world.credential("Of The Others", "DHS")
    draw_all()
    late = world.credential("Not Drawn Yet")
    job, path = bundle(as_user(manager), "zip")
    with zipfile.ZipFile(path) as bundled:
        rows = list(csv.reader(io.StringIO(bundled.read("index.csv").decode("utf-8-sig"))))
        assert {row[0] for row in rows[1:]} == {credential.number for credential in issued}
        assert [row[4] for row in rows[1:]] == ["Mora", "Ruiz", "Ávila"], "by office, then by name"
        for row in rows[1:]:
            assert bundled.read(row[17]).startswith(b"%PDF-")
        assert len(bundled.namelist()) == 4
    assert job.errors[0]["code"] == "not_drawn" and late.number not in str(rows)


def test_a_run_after_a_crash_neither_skips_nor_doubles(world: World, manager: User, as_user: SignIn) -> None:
    """The worker died midway; more certificates came meanwhile. The second run writes what the first one decided."""
    numbers = {world.credential(f"Ana Ruiz {letter}").number for letter in "ABC"}
    draw_all()
    as_user(manager).post(f"{PAGE}take-away/", {"what": "zip", "asked": ""})
    job = Job.objects.filter(kind=BUNDLE).latest("pk")
    ids = list(Credential.objects.values_list("pk", flat=True))
    Job.objects.filter(pk=job.pk).update(checkpoint={"ids": ids}, done=2, starts=1)
    world.credential("Came Later On")
    draw_all()
    run(job_id=job.pk)
    job.refresh_from_db()
    with zipfile.ZipFile(Path(settings.PUENTE_PRIVATE_DIR) / "jobs" / job.result_file) as bundled:
        rows = list(csv.reader(io.StringIO(bundled.read("index.csv").decode("utf-8-sig"))))
    assert sorted(row[0] for row in rows[1:]) == sorted(numbers) and (job.done, job.total) == (3, 3)


def test_a_print_run_by_office(world: World, manager: User, as_user: SignIn) -> None:
    for name in ("Javier Ávila Lara", "Ana Ruiz Paz"):
        world.credential(name)
    draw_all()
    _, path = bundle(as_user(manager), "print")
    with zipfile.ZipFile(path) as bundled:
        assert bundled.namelist() == ["001-AGA-nuevo-laredo.pdf"]
        with pikepdf.open(io.BytesIO(bundled.read(bundled.namelist()[0]))) as pages:
            assert len(pages.pages) == 4


def test_a_list_for_a_mail_merge(world: World, manager: User, as_user: SignIn) -> None:
    credential, _ = world.credential(), world.credential("Luis Mora Gil")
    _, path = bundle(as_user(manager), "list", f"who={credential.number}")
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == 2 and rows[1][6] == credential.person.email and credential.said.verify_url in rows[1]


def test_nothing_is_put_together_from_what_cannot_be_read(world: World, manager: User, as_user: SignIn) -> None:
    browser = as_user(manager)
    for values in ({"what": "exe", "asked": ""}, {"what": "zip", "asked": "standing=nice"}):
        browser.post(f"{PAGE}take-away/", values)
    assert not Job.objects.filter(kind=BUNDLE).exists()


def test_machines_check_too(world: World, client: Client, django_assert_max_num_queries) -> None:
    credential = world.credential()
    with django_assert_max_num_queries(6):
        said = client.get(f"/verify/{credential.code}.json").json()
    assert (said["status"], said["holder"], said["number"]) == ("valid", "Javier Ávila Lara", credential.number)
    assert said["curriculum"]["es"] == "Integridad y conducta" and "AGA" not in str(said)
    by_number = client.get(f"/verify/{credential.number}.json").json()
    assert by_number["status"] == "valid" and by_number["holder"] is None
    revoke(credential=credential, reason_en="Wrong", reason_es="Equivocado", by=None)
    said = client.get(f"/verify/{credential.shown_code.lower()}.json").json()
    assert said["revocation"]["reason"] == {"en": "Wrong", "es": "Equivocado"}
    assert client.get("/verify/nothing.json").json()["status"] == "unknown"
