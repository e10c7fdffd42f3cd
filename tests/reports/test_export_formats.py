"""Exports read by programs that we did not write, made by jobs, repeated on a schedule, and withheld from others."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import h5py
import openpyxl
import polars
import pytest
from django.core.management import call_command
from django.test import Client

from jobs.models import Job
from jobs.services import run
from people import clock
from people.models import AuditEntry, Letter, RoleGrant
from people.roles import Role
from reports.exports.tables import CONTENTS
from reports.models import SavedExport
from reports.services.exporting import ask_for_due_exports, day_after
from reports.tasks import ask_for_due
from tests.conftest import lacking
from tests.courses.test_taking_a_quiz import answer_page, ready
from tests.school import School, build

URL = "/en/manage/cohorts/cohort-1/export/"


@pytest.fixture
def school(db: None) -> School:
    school = build()
    client, attempt = ready(school)
    for page in range(1, 6):
        answer_page(client, attempt, page)
    client.post(f"/en/attempts/{attempt.pk}/review/")
    school.trainee("SHCP", surname_1="=cmd|x", given_names="Ñandú")
    school.trainee("DHS", surname_1="Whitfield")
    return school


@pytest.fixture
def manager(school: School) -> Client:
    return school.client(school.person("SHCP", Role.MANAGER, language="en"))


def command(path: Path, file_format: str, *more: str) -> Path:
    call_command("export_cohort", "cohort-1", *more, format=file_format, output=path, stdout=io.StringIO())
    return path


def asked(client: Client, **form: Any) -> Job:
    """The job that the form asks for, done."""
    client.post(URL, {"contents": ["officers"], "names": "yes", "file_format": "csv", **form})
    job = Job.objects.latest("pk")
    run(job_id=job.pk)
    job.refresh_from_db()
    return job


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_h5dump_reads_what_is_written(school: School, tmp_path: Path) -> None:
    if not shutil.which("h5dump"):
        lacking("h5dump")
    path = command(tmp_path / "c.h5", "hdf5")
    said = subprocess.run(["h5dump", "-H", path], capture_output=True, text=True, check=True).stdout
    assert 'GROUP "responses"' in said and "H5T_ENUM" in said and '"withdrawn"' in said
    assert 'ATTRIBUTE "units"' in said and 'ATTRIBUTE "sha256"' in said and 'ATTRIBUTE "schema"' in said


def test_hdf5_says_what_it_holds_and_its_hashes_are_true(school: School, tmp_path: Path) -> None:
    with h5py.File(command(tmp_path / "c.h5", "hdf5")) as file:
        assert file.attrs["schema"].decode() == "puente-cohort 2.0" and file.attrs["cohort"].decode() == "cohort-1"
        responses = file["responses"]
        assert responses.attrs["rows"] == 5 and set(responses["language"][...]) <= {0, 1}
        assert responses["answered_at"].attrs["units"].decode() == "seconds since 1970-01-01T00:00:00Z"
        for dataset in responses.values():
            assert dataset.attrs["sha256"].decode() == hashlib.sha256(dataset[...].tobytes()).hexdigest()
        book = {(t.decode(), c.decode()) for t, c in zip(file["codebook/table"], file["codebook/column"], strict=True)}
        known = {(table, column) for table in file if table != "codebook" for column in file[table]}
        assert book == known, "the code book has every column"


def test_polars_reads_parquet_with_its_types(school: School, tmp_path: Path) -> None:
    with zipfile.ZipFile(command(tmp_path / "c.zip", "parquet")) as archive:
        assert set(archive.namelist()) == {f"{name}.parquet" for name in CONTENTS} | {"codebook.csv"}
        officers = polars.read_parquet(io.BytesIO(archive.read("officers.parquet")))
        responses = polars.read_parquet(io.BytesIO(archive.read("responses.parquet")))
        book = rows(archive.read("codebook.csv"))
    assert officers.height == 3 and officers["surname_1"].to_list().count("=cmd|x") == 1
    assert officers.schema["enrolled_on"] == polars.Date and responses.schema["mark"] == polars.Float64
    assert set(officers["state"].cast(polars.String)) == {"active", "completed"}
    assert responses.filter(polars.col("mark") == 1).height == 5
    assert {line["Column"] for line in book if line["Table"] == "responses"} == set(responses.columns)


def test_a_workbook_is_typed_and_has_its_code_book(school: School, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(command(tmp_path / "c.xlsx", "xlsx"))
    assert book.sheetnames == [*CONTENTS, "codebook"]
    attempts = book["attempts"]
    heading = [cell.value for cell in attempts[1]]
    first = dict(zip(heading, attempts[2], strict=True))
    assert attempts.freeze_panes == "A2" and attempts.max_row == 2
    assert first["Handed in"].is_date and first["Score"].value == 100 and first["Result"].value == "passed"


def test_a_csv_of_the_command_has_its_code_book_beside_it(school: School, tmp_path: Path) -> None:
    found = rows(command(tmp_path / "r.csv", "csv", "--content", "responses").read_bytes())
    book = rows((tmp_path / "r.codebook.csv").read_bytes())
    assert [line["Meaning in English"] for line in book] == list(found[0])
    assert {line["Answer"] for line in found} >= {"A", "A | D", "12.5"} or "12,5" in {line["Answer"] for line in found}


def test_pseudonyms_name_nobody_and_are_the_same_in_every_table(school: School, tmp_path: Path) -> None:
    path = command(tmp_path / "c.zip", "parquet", "--pseudonyms")
    with zipfile.ZipFile(path) as archive:
        assert "roster.parquet" not in archive.namelist()
        tables = {
            name: polars.read_parquet(io.BytesIO(archive.read(name))) for name in archive.namelist() if "quet" in name
        }
    officers, responses = tables["officers.parquet"], tables["responses.parquet"]
    assert officers["person"].n_unique() == 3 and set(responses["person"]) < set(officers["person"])
    for name, table in tables.items():
        columns = set(table.columns)
        assert not columns & {"email", "surname_1", "officer_number", "certificate"}, name
        assert "office" not in columns or name == "statistics.parquet"


def test_a_job_makes_the_file_and_says_its_hash(manager: Client) -> None:
    job = asked(manager, contents=list(CONTENTS), file_format="xlsx")
    data = manager.get(f"/en/jobs/{job.pk}/result/").getvalue()
    assert job.state == "done" and job.result["sha256"] == hashlib.sha256(data).hexdigest()
    assert job.result["rows"] | {"codebook": 0} == {
        "statistics": 2, "officers": 2, "progress": 2, "attempts": 1, "responses": 5, "attendance": 0, "roster": 2,
        "codebook": 0,
    }  # fmt: skip
    values = {
        str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(data))["officers"].iter_rows() for cell in row
    }
    assert "Ñandú" in values and "Whitfield" not in values
    entry = AuditEntry.objects.filter(action="reports.cohort.exported").latest("sequence")
    assert entry.data == {"content": list(CONTENTS), "format": "xlsx", "named": True}


def test_a_job_killed_in_the_middle_is_made_anew(manager: Client) -> None:
    job = asked(manager)
    Job.objects.filter(pk=job.pk).update(state="running", starts=1, heartbeat_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    assert run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.starts) == ("done", 2) and manager.get(f"/en/jobs/{job.pk}/result/").getvalue()


def test_nothing_chosen_is_said(manager: Client) -> None:
    page = manager.post(URL, {"names": "yes", "file_format": "csv"}).content.decode()
    assert "Choose at least one table." in page and not Job.objects.exists()


def test_a_saved_export_is_repeated_and_a_letter_tells(school: School, manager: Client) -> None:
    first = asked(manager, every="week", contents=["statistics"], file_format="parquet")
    saved = SavedExport.objects.get()
    assert first.state == "done" and saved.last_job == first and saved.next_on == clock.today() + dt.timedelta(weeks=1)
    assert "Repeated for you" in manager.get(URL).content.decode()
    assert ask_for_due_exports() == 0
    with clock.simulated(clock.now() + dt.timedelta(days=16)):
        ask_for_due()
        assert ask_for_due_exports() == 0, "asked once, however often somebody looks"
        second = Job.objects.latest("pk")
        run(job_id=second.pk)
        saved.refresh_from_db()
        assert saved.next_on == clock.today() + dt.timedelta(days=5) and saved.last_job == second
    letter = Letter.objects.filter(kind="cohort_export_ready").latest("pk")
    assert letter.recipient == saved.asked_by and f"/jobs/{second.pk}/" in letter.context["link"]
    assert manager.get(f"/en/jobs/{second.pk}/result/").getvalue()
    manager.post(f"/en/manage/exports/{saved.pk}/stop/")
    assert "Repeated for you" not in manager.get(URL).content.decode()
    with clock.simulated(clock.now() + dt.timedelta(days=60)):
        assert ask_for_due_exports() == 0


def test_a_repeated_export_stops_when_the_right_is_gone(school: School, manager: Client) -> None:
    asked(manager, every="day")
    saved = SavedExport.objects.get()
    RoleGrant.objects.filter(user=saved.asked_by).delete()
    letters = Letter.objects.count()
    with clock.simulated(clock.now() + dt.timedelta(days=1)):
        assert ask_for_due_exports() == 1
        job = Job.objects.latest("pk")
        run(job_id=job.pk)
        job.refresh_from_db()
    saved.refresh_from_db()
    assert job.state == "failed" and job.errors[0]["code"] == "export_not_allowed" and saved.stopped_at
    assert Letter.objects.count() == letters and not job.result.get("sha256")


def test_an_export_is_stopped_by_whoever_asked_for_it_alone(school: School, manager: Client) -> None:
    asked(manager, every="month")
    saved = SavedExport.objects.get()
    for side, role in (("SHCP", Role.MANAGER), ("DHS", Role.MANAGER), ("SHCP", Role.ESC)):
        other = school.client(school.person(side, role))
        assert other.post(f"/en/manage/exports/{saved.pk}/stop/").status_code in {403, 404}
        assert "Repeated for you" not in other.get(URL).content.decode()
    saved.refresh_from_db()
    assert saved.stopped_at is None


def test_others_take_nothing_away(school: School, manager: Client) -> None:
    job = asked(manager)
    for side, role in (("DHS", Role.MANAGER), ("SHCP", Role.MANAGER), ("SHCP", Role.TRAINEE)):
        other = school.client(school.person(side, role))
        assert other.get(f"/en/jobs/{job.pk}/result/").status_code == 404
    text = school.client(school.person("DHS", Role.MANAGER)).get(f"{URL}responses.csv").getvalue().decode()
    assert len(text.splitlines()) == 1, "the other side's responses are not there, and the heading is"


@pytest.mark.parametrize(
    ("day", "every", "then"),
    [
        ("2026-01-31", "month", "2026-02-28"), ("2026-12-15", "month", "2027-01-15"),
        ("2026-11-30", "month", "2026-12-30"),
        ("2026-12-31", "day", "2027-01-01"), ("2028-02-23", "week", "2028-03-01"),
    ],
)  # fmt: skip
def test_the_next_day_of_a_schedule(day: str, every: str, then: str) -> None:
    assert day_after(dt.date.fromisoformat(day), every) == dt.date.fromisoformat(then)


def test_memory_stays_flat(school: School, tmp_path: Path) -> None:
    """Ten times the officers, and hardly more memory: rows are read in portions and written as they come."""
    import tracemalloc

    from curricula.models import Enrollment
    from curricula.services.enrollments import enroll
    from people.models import User
    from reports.exports import officers_read
    from reports.exports.csv_files import csv_pieces
    from reports.exports.tables import tables_of

    officers_read_portion, peaks = officers_read.PORTION, []
    assert officers_read_portion <= 2000
    model = school.person("SHCP", Role.TRAINEE)
    for count in (200, 2000):
        people = User.objects.bulk_create(
            [
                User(email=f"m{count}.{n}@x.example", given_names="Eva", surname_1="Paz", participant=model.participant,
                     agency=model.agency, office=model.office)
                for n in range(count)
            ]
        )  # fmt: skip
        enroll(people=people, cohort=school.cohort, by=None)
        (filled,) = tables_of(school.cohort, Enrollment.objects.filter(cohort=school.cohort), ["attempts"])
        tracemalloc.start()
        for _piece in csv_pieces(filled, "en"):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 3 * peaks[0] + 1_000_000
