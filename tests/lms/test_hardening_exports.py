"""Nothing that leaves as a spreadsheet runs in one: our exports, and the lists of the administration."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.test import Client

from people.models import Agency, User
from people.roles import Role
from people.spreadsheets import disarmed
from reports.exports.files import export_bytes
from reports.exports.shape import Filled, Subject
from reports.snapshots.schema import Column, Table
from tests.school import School, build

ARMED = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM", "﹦1", " =1+1",
         "\u200b=1", "\ufeff=1", "\xa0=1", "|cmd", "−1"]  # fmt: skip
HARMLESS = ["", "Núñez", "O'Higgins", "3 = 3", "a@b.example", "1+1", "CO-101", "(=1)"]


@pytest.mark.parametrize("text", ARMED)
def test_a_text_that_would_run_is_shown(text: str) -> None:
    assert disarmed(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert disarmed(text) == text
    assert disarmed(-5) == -5 and disarmed(None) is None


def test_every_cell_and_heading_of_an_export_is_disarmed(db: None) -> None:
    about = Subject("c", "=1", "=1", {})
    table = Table("officers", "", "", (Column("a", "text", "=HEAD", "=HEAD"), Column("n", "count", "n", "n")))
    filled = Filled(table, [(text, -5) for text in ARMED])
    rows = list(csv.reader(io.StringIO(export_bytes("csv", [filled], about=about, language="en").decode("utf-8-sig"),
                                       newline="")))  # fmt: skip
    assert rows[0][0] == "'=HEAD" and [row[0] for row in rows[1:]] == [f"'{text}" for text in ARMED]
    assert {row[1] for row in rows[1:]} == {"-5"}, "numbers stay numbers"
    book = openpyxl.load_workbook(io.BytesIO(export_bytes("xlsx", [filled], about=about, language="en")))
    assert {cell.data_type for row in book["officers"].iter_rows() for cell in row} <= {"s", "n"}


@pytest.fixture
def school(db: None) -> School:
    return build()


def test_what_the_administration_lists_is_disarmed_too(school: School) -> None:
    agency = Agency.objects.get(code="AGA")
    agency.name_en = "=HYPERLINK(evil)"
    agency.save()
    root = school.client(User.objects.create_superuser("root@puente.example", "a-long-password", given_names="=R()"))
    root.post(f"/en/admin/snippets/people/agency/edit/{agency.pk}/", {"code": "AGA"})
    for path in ("/en/admin/reports/site-history/", "/en/admin/reports/aging-pages/"):
        answer = root.get(path, {"export": "csv"})
        assert answer.status_code == 200
        cells = [cell for row in csv.reader(io.StringIO(answer.getvalue().decode())) for cell in row]
        assert cells and not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_manager_takes_away_names_that_do_not_run(school: School) -> None:
    school.trainee("SHCP", surname_1="＝cmd|' /C calc'!A0", given_names="@SUM(1)")
    manager: Client = school.client(school.person("SHCP", Role.MANAGER))
    text = manager.get("/en/manage/cohorts/cohort-1/export/officers.csv").getvalue().decode("utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(text)) if "cmd" in row["First surname"])
    assert row["First surname"].startswith("'＝") and row["Given names"] == "'@SUM(1)"
