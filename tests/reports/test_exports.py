"""A cohort as a file: the right rows, the right columns, the own side only, the same bytes twice."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import h5py
import openpyxl
import pytest
from django.core.management import CommandError, call_command

from people.roles import Role
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


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def export(path: Path, file_format: str, **options: str) -> bytes:
    call_command("export_cohort", "cohort-1", format=file_format, output=path, stdout=io.StringIO(), **options)
    return path.read_bytes()


def test_the_statistics_count_each_officer_once(school: School, tmp_path: Path) -> None:
    found = rows(export(tmp_path / "s.csv", "csv"))
    mexican = {row["Course, or curriculum for all courses"]: row for row in found if row["Participant"] == "SHCP"}
    assert mexican["CO"]["Enrolled officers"] == "2"
    assert mexican["CO"]["Completed"] == mexican["CO-101"]["Passed at the first attempt"] == "1"
    assert mexican["CO"]["Completed, percent of enrolled"] == "50.0"
    assert [row["Completed"] for row in found if row["Participant"] == "DHS"] == ["0", "0"]


def test_officers_and_progress_say_the_same(school: School, tmp_path: Path) -> None:
    officers = {row["Surname" if "Surname" in row else "First surname"]: row for row in rows(
        export(tmp_path / "o.csv", "csv", content="officers"))}  # fmt: skip
    done = next(row for row in officers.values() if row["State"] == "completed")
    assert done["CO-101: best score"] == "100.0" and done["Certificate"].startswith("PU-")
    progress = rows(export(tmp_path / "p.csv", "csv", content="progress"))
    mine = next(row for row in progress if row["Officer number"] == done["Officer number"])
    assert [value for name, value in mine.items() if name.startswith("CO-101")] == [done["Completed"]] * 3


def test_a_text_that_a_spreadsheet_would_run_is_disarmed(school: School, tmp_path: Path) -> None:
    names = {row["First surname"] for row in rows(export(tmp_path / "o.csv", "csv", content="officers"))}
    assert "'=cmd|x" in names
    export(tmp_path / "o.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx")["officers"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_headings_come_in_both_languages(school: School, tmp_path: Path) -> None:
    spanish = rows(export(tmp_path / "o.csv", "csv", content="officers", language="es"))
    assert "Primer apellido" in spanish[0] and "CO-101: mejor puntuación" in spanish[0]
    export(tmp_path / "o.xlsx", "xlsx", language="es")
    assert openpyxl.load_workbook(tmp_path / "o.xlsx").sheetnames == [
        "estadística", "oficiales", "avance", "intentos", "respuestas", "asistencia", "padrón", "diccionario",
    ]  # fmt: skip


def test_hdf5_holds_all_tables_with_a_code_book(school: School, tmp_path: Path) -> None:
    export(tmp_path / "c.h5", "hdf5")
    with h5py.File(tmp_path / "c.h5") as file:
        tables = {"statistics", "officers", "progress", "attempts", "responses", "attendance", "roster"}
        assert set(file) == tables | {"codebook"}
        scores = file["officers/co_101_score"]
        assert sorted(v for v in scores[...] if v == v) == [100.0]
        assert scores.attrs["description_es"].decode() == "CO-101: mejor puntuación"


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "parquet", "hdf5"])
def test_twice_gives_the_same_bytes(school: School, tmp_path: Path, file_format: str) -> None:
    assert export(tmp_path / "one", file_format) == export(tmp_path / "two", file_format)


def test_a_manager_downloads_the_own_side_only(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    assert "Progress" in manager.get(URL).content.decode()
    for content in ("officers", "progress"):
        text = manager.get(f"{URL}{content}.csv").getvalue().decode("utf-8-sig")
        assert "Ñandú" in text and "Whitfield" not in text
    assert manager.get(f"{URL}passwords.csv").status_code == 404
    assert manager.get(f"{URL}officers.docx").status_code == 404
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR):
        other = school.client(school.person("SHCP", role))
        assert other.get(URL).status_code == other.get(f"{URL}officers.csv").status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_cohort(
    school: School, django_assert_max_num_queries: object
) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    for _ in range(2):
        for _ in range(15):
            school.trainee("SHCP")
        with django_assert_max_num_queries(24):  # type: ignore[operator]
            manager.get(f"{URL}progress.csv").getvalue()


def test_an_unknown_cohort_and_an_unwritable_file_are_named(school: School, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere.*cohort-1"):
        call_command("export_cohort", "nowhere", format="csv", output=tmp_path / "x.csv")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_cohort", "cohort-1", format="csv", output=tmp_path / "no" / "x.csv")
