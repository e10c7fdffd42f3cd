"""Rosters: what is wrong is said with row and column, nothing half-done stays, the same file twice changes nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from curricula.models import Enrollment, RosterImport
from jobs.models import Job
from jobs.services import run
from people.models import Office, RoleGrant, User
from people.roles import Role
from tests.processes import ROOT, environment
from tests.school import School

HEADING = "officer_number,given_names,surname_1,surname_2,email,agency,office,position,language"
ANA = "A-1,Ana María,Ruiz,Peña,ana.ruiz@aduanas.example,AGA,Nuevo Laredo,Verificadora,es"
LUIS = "A-2,Luis,Núñez,,luis.nunez@aduanas.example,AGA,Nuevo Laredo,Vista,Español"
URL = "/en/manage/cohorts/cohort-1/roster/"

BAD = {
    "empty": (b"", "The file is empty"),
    "binary": (b"%PDF-1.7" + bytes(range(256)), "This is neither a text file nor a workbook"),
    "heading only": (HEADING.encode(), "has a heading but no officers"),
    "missing column": (
        f"{HEADING.replace('email,', '')}\nA-1,Ana,Ruiz,,AGA,Nuevo Laredo,,es".encode(),
        "Row 1 lacks the column: email",
    ),
    "column twice": (f"{HEADING},email\n{ANA},x@y.example".encode(), "Row 1 has the column email twice"),
    "broken quoting": (f'{HEADING}\nA-1,"Ana,Ruiz,,a@b.example,AGA,X,,es\n'.encode(), "a quotation mark is opened"),
    "e-mail twice": (
        f"{HEADING}\n{ANA}\n{ANA.replace('A-1', 'A-9')}".encode(),
        "Row 3, column email: “ana.ruiz@aduanas.example” stands already in row 2",
    ),
    "number twice": (
        f"{HEADING}\n{ANA}\n{ANA.replace('ana.', 'eva.')}".encode(),
        "Row 3, column officer_number: “A-1” stands already in row 2",
    ),
    "too few values": (f"{HEADING}\n{ANA}\nA-2,Luis".encode(), "Row 3 has 2 values; the heading has 9"),
    "no surname": (f"{HEADING}\n{ANA.replace('Ruiz', '')}".encode(), "Row 2 has nothing in the column surname_1"),
    "no e-mail": (f"{HEADING}\n{ANA.replace('@', ' at ')}".encode(), "is not an e-mail address"),
    "language": (f"{HEADING}\n{ANA[:-2]}fr".encode(), "“fr” is not a language of Puente"),
    "agency": (f"{HEADING}\n{ANA.replace('AGA', 'XYZ')}".encode(), "there is no agency “XYZ”"),
}


def written() -> tuple[int, ...]:
    """What a roster could leave behind."""
    return tuple(model.objects.count() for model in (User, Office, RoleGrant, Enrollment, RosterImport))


def upload(client: Client, data: bytes, url: str = URL) -> str:
    """The dry run's page."""
    return client.post(url, {"file": SimpleUploadedFile("roster.csv", data)}, follow=True).content.decode()


def applied(client: Client, page: str, **more: str) -> Job:
    """The job that the button of the dry run asks for, done."""
    form = dict(re.findall(r'type="hidden" name="(file_name|seen|rows|good_rows_only)" value="([^"]*)"', page))
    client.post(action_of(page), form | more)
    job = Job.objects.latest("pk")
    run(job_id=job.pk)
    job.refresh_from_db()
    return job


def action_of(page: str) -> str:
    found = re.search(r'action="([^"]*/apply/)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("what", BAD)
def test_a_bad_roster_is_explained_and_leaves_nothing_behind(school: School, tmp_path: Path, what: str) -> None:
    data, sentence = BAD[what]
    path = tmp_path / "roster.csv"
    path.write_bytes(data)
    manager = school.client(school.person("SHCP", Role.MANAGER))
    before, errors = written(), StringIO()
    with pytest.raises(CommandError, match=r"error.*; nothing was written"):
        call_command("import_roster", "cohort-1", str(path), apply=True, stdout=StringIO(), stderr=errors)
    assert sentence in errors.getvalue()
    assert sentence in upload(manager, data)
    assert written() == before


def test_errors_are_all_listed_and_in_the_readers_language(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    rows = [ANA, LUIS.replace("Español", "fr"), LUIS.replace("luis.nunez@", "luis")]
    page = upload(manager, f"{HEADING}\n".encode() + "\n".join(rows).encode(), URL.replace("/en/", "/es/"))
    assert "language_unknown" in page and "email_malformed" in page
    assert "is not an e-mail address" not in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(school: School, tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes("\r\n".join((HEADING, ANA, LUIS)).replace(",", separator).encode(encoding))
    call_command("import_roster", "cohort-1", str(path), apply=True, stdout=StringIO())
    names = set(User.objects.filter(enrollments__cohort=school.cohort).values_list("given_names", "surname_1"))
    assert names == {("Ana María", "Ruiz"), ("Luis", "Núñez")}


def test_the_dry_run_writes_nothing_and_applying_writes_what_it_showed(school: School, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(f"{HEADING}\n{ANA}\n{LUIS}\n", encoding="utf-8")
    before, said = written(), StringIO()
    call_command("import_roster", "cohort-1", str(path), stdout=said)
    assert written() == before
    assert "2 new people" in said.getvalue() and "Add --apply" in said.getvalue()
    call_command("import_roster", "cohort-1", str(path), apply=True, stdout=StringIO())
    assert Enrollment.objects.filter(cohort=school.cohort).count() == 2
    after = written()
    call_command("import_roster", "cohort-1", str(path), apply=True, stdout=StringIO())
    assert written()[:4] == after[:4]


def test_a_changed_row_changes_the_person_and_not_the_enrollment(school: School, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    for row in (ANA, ANA.replace("Nuevo Laredo", "Tijuana")):
        path.write_text(f"{HEADING}\n{row}\n", encoding="utf-8")
        call_command("import_roster", "cohort-1", str(path), apply=True, stdout=StringIO())
    enrollment = Enrollment.objects.get(cohort=school.cohort)
    assert enrollment.person.office and enrollment.person.office.name == "Tijuana"
    assert enrollment.office.name == "Nuevo Laredo", "an enrollment keeps the post held at that time"


def test_an_unknown_cohort_and_an_unreadable_file_are_named(school: School, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere.*cohort-1"):
        call_command("import_roster", "nowhere", str(tmp_path / "roster.csv"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_roster", "cohort-1", str(tmp_path / "roster.csv"))


def test_a_manager_enrolls_from_the_own_side_only(school: School) -> None:
    manager = school.client(school.person("DHS", Role.MANAGER))
    page = upload(manager, f"{HEADING}\n{ANA}\n".encode())
    assert "there is no agency “AGA” for you to enroll from" in page
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC):
        assert school.client(school.person("SHCP", role)).get(URL).status_code == 403


def test_the_web_applies_the_very_file_that_was_shown(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    page = upload(manager, f"{HEADING}\n{ANA}\n{LUIS}\n".encode())
    job = applied(manager, page)
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    done = manager.get(job.result["address"]).content.decode()
    assert ">2</p>" in done and "roster.csv" in done
    action = action_of(page)
    assert manager.post(action.replace(action[-12:-7], "00000"), {}).status_code == 404
    assert RosterImport.objects.get().rows == 2


def test_a_roster_costs_the_same_number_of_queries_for_ten_and_for_three_hundred(
    school: School, tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    for count in (10, 300):
        rows = [f"B-{count}-{n},Eva,Paz,,eva{count}.{n}@aduanas.example,AGA,Puerto,,es" for n in range(count)]
        path = tmp_path / "roster.csv"
        path.write_text("\n".join((HEADING, *rows)), encoding="utf-8")
        with django_assert_max_num_queries(45):  # type: ignore[operator]
            call_command("import_roster", "cohort-1", str(path), apply=True, stdout=StringIO())
    assert Enrollment.objects.filter(cohort=school.cohort).count() == 310


def test_commands_speak_the_language_of_the_terminal(transactional_db: None, tmp_path: Path) -> None:
    for locale, words in (("es_MX.UTF-8", "No existe el grupo"), ("en_US.UTF-8", "There is no cohort")):
        command = [sys.executable, "manage.py", "import_roster", "nowhere", str(tmp_path)]
        said = subprocess.run(
            command, cwd=ROOT, env=environment() | {"LC_ALL": locale}, capture_output=True, text=True, check=False
        )
        assert said.returncode == 1 and words in said.stderr
