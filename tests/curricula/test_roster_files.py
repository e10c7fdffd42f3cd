"""Rosters as people have them: workbooks, headings of their own, rows to mend, officers who are missing."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from curricula.models import Enrollment, RosterHeading
from jobs.models import Job
from people.models import User
from people.roles import Role
from tests.school import School

from .test_rosters import ANA, HEADING, LUIS, URL, applied, upload, written

ROWS = [HEADING.split(","), ANA.split(","), LUIS.split(",")]


def workbook(rows: list[list[object]] | list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(client: Client, data: bytes, name: str = "roster.xlsx", url: str = URL) -> tuple[str, str]:
    """The address of the dry run, and its page."""
    answer = client.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)
    return answer.redirect_chain[-1][0] if answer.redirect_chain else "", answer.content.decode()


def names(school: School) -> set[tuple[str, str]]:
    return set(User.objects.filter(enrollments__cohort=school.cohort).values_list("given_names", "surname_1"))


def test_a_workbook_is_read_like_a_text(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    numbered = [*ROWS, [3, "Eva", "Paz", None, "eva@aduanas.example", "AGA", "Nuevo Laredo", None, "es", None, None]]
    _address, page = send(manager, workbook(numbered))
    assert applied(manager, page).state == "done"
    assert names(school) == {("Ana María", "Ruiz"), ("Luis", "Núñez"), ("Eva", "Paz")}
    assert User.objects.get(given_names="Eva").officer_number == "3"


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(200), workbook(ROWS)[:-300]])
def test_a_damaged_workbook_is_explained(school: School, data: bytes) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    _address, page = send(manager, data)
    assert "save it anew" in page or "neither a text file nor a workbook" in page


def test_spanish_and_english_headings_are_known(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    heading = "Número de empleado;NOMBRE(S);Apellido Paterno;Apellido materno;Correo electrónico;Dependencia;Aduana"
    heading += ";Cargo;Idioma"
    _address, page = send(manager, f"{heading}\n{ANA.replace(',', ';')}".encode("cp1252"), "padron.csv")
    assert applied(manager, page).state == "done" and names(school) == {("Ana María", "Ruiz")}


def test_headings_are_explained_once_and_remembered_for_the_own_side(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    data = "\n".join((HEADING.replace("email", "Buzón").replace("position", "Turno"), ANA)).encode()
    address, page = send(manager, data, "padron.csv")
    assert "What do these headings mean?" in page and "Row 1 lacks the column: email" in page
    columns = address.split("?")[0] + "columns/"
    twice = manager.post(columns, {"h4": "email", "h7": "email"}).content.decode()
    assert twice.count("Two headings are given this meaning") == 2 and not RosterHeading.objects.exists()
    page = manager.post(columns, {"h4": "email", "h7": "left_out", "name": "padron.csv"}, follow=True).content.decode()
    assert "What the roster would change" in page and "padron.csv" in page
    assert applied(manager, page).state == "done" and names(school) == {("Ana María", "Ruiz")}
    colleague = school.client(school.person("SHCP", Role.MANAGER))
    assert "What the roster would change" in send(colleague, data.replace(b"A-1", b"A-2"), "b.csv")[1]
    other = school.client(school.person("DHS", Role.MANAGER))
    assert "What do these headings mean?" in send(other, data, "b.csv")[1]


def test_a_column_that_is_not_there_changes_nothing(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    applied(manager, upload(manager, f"{HEADING}\n{ANA}".encode()))
    short = [[cells[n] for n in (0, 1, 2, 4, 5, 6, 8)] for cells in ROWS[:2]]
    _address, page = send(manager, workbook(short))
    assert "The cohort is up to date with this roster" in page
    ana = User.objects.get(email="ana.ruiz@aduanas.example")
    assert (ana.surname_2, ana.position) == ("Peña", "Verificadora")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_rows_to_mend_come_back_in_the_same_format_and_are_mended(school: School, kind: str, language: str) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    bad = LUIS.replace("luis.nunez@", "luis.nunez ").replace("Español", "fr")
    rows = [HEADING.split(","), ANA.split(","), bad.split(",")]
    data = workbook(rows) if kind == "xlsx" else "\n".join(";".join(row) for row in rows).encode("cp1252")
    url = URL.replace("/en/", f"/{language}/")
    address, page = send(manager, data, f"roster.{kind}", url)
    errors = address.split("?")[0] + "errors/"
    assert errors in page
    answer = manager.get(errors)
    assert (
        f"cohort-1-{'rows-to-mend' if language == 'en' else 'filas-por-corregir'}.{kind}"
        in answer["Content-Disposition"]
    )
    if kind == "xlsx":
        lines = [
            [cell.value or "" for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active
        ]  # type: ignore[union-attr]
    else:
        lines = list(csv.reader(io.StringIO(answer.content.decode("cp1252")), delimiter=";"))
    assert len(lines) == 2 and lines[0][-1] == {"en": "what is wrong", "es": "qué está mal"}[language]
    assert "luis.nunez aduanas.example" in lines[1][-1] and "fr" in lines[1][-1]
    lines[1][4], lines[1][8] = "luis.nunez@aduanas.example", "es"
    mended = workbook(lines) if kind == "xlsx" else "\n".join(";".join(line) for line in lines).encode("cp1252")
    _address, page = send(manager, mended, f"roster.{kind}", url)
    assert "/errors/" not in page
    assert applied(manager, page).state == "done" and names(school) == {("Luis", "Núñez")}


def test_nobody_else_takes_the_rows_to_mend(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    address, _page = send(manager, f"{HEADING}\n{LUIS.replace('@', ' ')}".encode(), "roster.csv")
    for person in (school.person("DHS", Role.MANAGER), school.person("SHCP", Role.INSTRUCTOR)):
        for path in (address, address.split("?")[0] + "errors/"):
            assert school.client(person).get(path).status_code in {403, 404}


def test_a_long_roster_is_looked_at_page_by_page(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    rows = [f"B-{n},Eva,Paz {n:03d},,eva{n}@aduanas.example,AGA,Puerto,,es" for n in range(120)]
    address, page = send(manager, "\n".join((HEADING, *rows, ANA.replace("@", " "))).encode(), "roster.csv")
    assert "is not an e-mail address" in page, "errors come first"
    assert page.count("eva") < 10
    second = manager.get(f"{address}&show=new&page=2").content.decode()
    assert "Paz 050" in second and "Paz 099" in second and "Paz 049" not in second and "Page 2 of 3" in second


def test_who_is_not_in_the_roster_is_withdrawn_when_that_is_chosen(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    applied(manager, upload(manager, f"{HEADING}\n{ANA}\n{LUIS}".encode()))
    neighbor, *_ = school.trainee("DHS")
    address, page = send(manager, f"{HEADING}\n{ANA}".encode(), "roster.csv")
    assert "Also withdraw the 1 officer who is not in the roster" in page and neighbor.email not in page
    assert "luis.nunez@aduanas.example" in manager.get(f"{address}&show=missing").content.decode()
    refused = applied(manager, page, withdraws="yes", reason="").pk
    assert refused == Job.objects.filter(kind="apply_roster").earliest("pk").pk, "without a reason no job is asked for"
    job = applied(manager, page, withdraws="yes", reason="Moved away")
    assert job.state == "done"
    states = dict(Enrollment.objects.values_list("person__email", "state"))
    assert states["luis.nunez@aduanas.example"] == "withdrawn" and states[neighbor.email] == "active"
    assert Enrollment.objects.get(state="withdrawn").withdrawal_reason == "Moved away"
    page = upload(manager, f"{HEADING}\n{ANA}\n{LUIS}".encode())
    assert "1 officer of the roster was withdrawn from this cohort and stays so" in page


def test_nobody_is_withdrawn_by_a_roster_with_errors(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    applied(manager, upload(manager, f"{HEADING}\n{LUIS}".encode()))
    page = upload(manager, f"{HEADING}\n{ANA}\n{LUIS.replace('Vista', 'Jefe').replace('Español', 'fr')}".encode())
    assert "Also withdraw" not in page and "Not in the roster" not in page
    job = applied(manager, page, withdraws="yes", reason="Moved away")
    assert job.state == "failed" and job.errors[0]["code"] == "roster_refused"


def test_what_is_applied_is_what_was_seen(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    page = upload(manager, f"{HEADING}\n{ANA}\n{LUIS}".encode())
    school.person("SHCP", surname_1="Ruiz", given_names="Ana").save()
    User.objects.filter(given_names="Ana").update(email="ana.ruiz@aduanas.example")
    before = written()
    job = applied(manager, page)
    assert (job.state == "failed" and "Look at the changes again" in job.errors[0]["sentence"]) or "Vuelva" in str(
        job.errors
    )
    assert written() == before


def test_a_job_that_runs_again_applies_once(school: School) -> None:
    from jobs.services import run

    manager = school.client(school.person("SHCP", Role.MANAGER))
    job = applied(manager, upload(manager, f"{HEADING}\n{ANA}".encode()))
    before = written()
    Job.objects.filter(pk=job.pk).update(state="queued", result={})
    run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == "done" and job.result["enrolled"] == 1 and written() == before


def test_a_canceled_job_leaves_nothing(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canceled while it writes: the last word before the commit notices."""
    from curricula.services import rosters
    from jobs.services import run

    manager = school.client(school.person("SHCP", Role.MANAGER))
    page = upload(manager, f"{HEADING}\n{ANA}".encode())
    before = written()
    record = rosters.record_roster

    def cancel_meanwhile(*args: object, **kwargs: object) -> None:
        Job.objects.update(state="canceled")
        record(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(rosters, "record_roster", cancel_meanwhile)
    form = dict(re.findall(r'type="hidden" name="(file_name|seen|rows)" value="([^"]*)"', page))
    action = re.search(r'action="([^"]*/apply/)"', page)
    assert action
    manager.post(action[1], form)
    run(job_id=Job.objects.latest("pk").pk)
    assert written() == before
