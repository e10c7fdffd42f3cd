"""Periods frozen once, reports that come out the same, and who may read them."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.models import Credential
from certificates.services.revocation import revoke
from curricula.services.enrollments import withdraw
from people import clock
from people.roles import Role
from reports.exceptions import NothingToReport, SnapshotDamaged
from reports.facts import read_facts
from reports.models import Report, Snapshot
from reports.services.freezing import freeze, open_snapshot, path_of
from reports.services.reporting import make_report
from tests.courses.test_taking_a_quiz import answer_page, ready
from tests.school import School, build

PERIOD = {"from_on": dt.date(2026, 1, 1), "to_on": clock.yesterday()}


@pytest.fixture
def school(db: None) -> School:
    """A school in which, last week, one of three officers completed everything."""
    school = build()
    with clock.simulated(clock.now() - dt.timedelta(days=7)):
        client, attempt = ready(school)
        for page in range(1, 6):
            answer_page(client, attempt, page)
        client.post(f"/en/attempts/{attempt.pk}/review/")
        school.trainee("SHCP")
        school.trainee("DHS")
    return school


def test_the_same_facts_give_the_same_snapshot(school: School) -> None:
    first = freeze(**PERIOD, by=None)
    school.trainee("SHCP")  # today, after the cut-off
    assert freeze(**PERIOD, by=None) == first
    assert Snapshot.objects.count() == 1
    tables = open_snapshot(first).tables
    assert len(tables["enrollments"]["person"]) == 3
    assert (tables["enrollments"]["completed_on"] >= 0).sum() == 1
    assert list(tables["attempts"]["passed"]) == [1]


def test_a_correction_is_a_new_snapshot_that_names_the_old_one(school: School) -> None:
    first = freeze(**PERIOD, by=None)
    with clock.simulated(clock.now() - dt.timedelta(days=3)):
        withdraw(enrollment=school.cohort.enrollments.active().order_by("pk")[0], reason="transfer", by=None)
    second = freeze(**PERIOD, by=None)
    assert second.replaces == first and second.extract != first.extract
    assert (open_snapshot(first).tables["enrollments"]["withdrawn_on"] >= 0).sum() == 0
    assert (open_snapshot(second).tables["enrollments"]["withdrawn_on"] >= 0).sum() == 1
    with pytest.raises(TypeError):
        first.save()
    with pytest.raises(TypeError):
        Snapshot.objects.update(to_on=PERIOD["to_on"])


def test_what_happens_after_the_cut_off_does_not_count(school: School) -> None:
    early = {"from_on": dt.date(2026, 1, 1), "to_on": clock.today() - dt.timedelta(days=9)}
    with pytest.raises(NothingToReport):
        freeze(**early, by=None)
    revoke(credential=Credential.objects.get(), reason_en="wrong person", reason_es="persona equivocada", by=None)
    tables = open_snapshot(freeze(**PERIOD, by=None)).tables
    assert sorted(tables["enrollments"]["credential"]) == [0, 0, 1], "revoked today, valid at the cut-off"


def test_a_file_that_was_changed_is_refused_and_frozen_again(school: School) -> None:
    snapshot = freeze(**PERIOD, by=None)
    data = path_of(snapshot).read_bytes()
    path_of(snapshot).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(SnapshotDamaged, match=snapshot.extract):
        make_report(snapshot=snapshot, by=None)
    again = freeze(**PERIOD, by=None)
    assert again != snapshot and again.content_sha256 == snapshot.content_sha256
    assert make_report(snapshot=again, by=None).files


def test_no_name_and_no_key_of_the_database_is_in_an_extract(school: School) -> None:
    snapshot = freeze(**PERIOD, by=None)
    data = path_of(snapshot).read_bytes()
    for person in school.cohort.enrollments.values_list("person__surname_1", "person__email", "person__officer_number"):
        assert not [text for text in person if text.encode() in data]
    people = open_snapshot(snapshot).tables["enrollments"]["person"]
    assert sorted(people) == [0, 1, 2]


def test_the_number_of_queries_does_not_depend_on_the_number_of_officers(school: School) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            read_facts(cut_off=clock.now())
        counts.append(len(queries))
        for _ in range(20):
            school.trainee("SHCP")
    assert counts[0] == counts[1] <= 16


def test_a_report_is_made_once_and_comes_out_the_same(school: School, tmp_path: Path) -> None:
    snapshot = freeze(**PERIOD, by=None)
    first = make_report(snapshot=snapshot, by=None)
    assert make_report(snapshot=snapshot, by=None) == first
    assert Report.objects.count() == 1
    folder = Path(settings.PUENTE_PRIVATE_DIR) / first.folder
    (folder / "report-es.pdf").write_bytes(b"changed")
    options = {"from_on": PERIOD["from_on"].isoformat(), "to_on": PERIOD["to_on"].isoformat(), "stdout": StringIO()}
    call_command("esc_report", output=tmp_path / "out", **options)
    assert (tmp_path / "out" / "report-es.pdf").read_bytes().startswith(b"%PDF")
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("esc_report", output=tmp_path / "file", **options)


@pytest.mark.parametrize("role", list(Role))
def test_reports_are_read_and_made_by_those_who_may(school: School, role: Role) -> None:
    report = make_report(snapshot=freeze(**PERIOD, by=None), by=None)
    client = school.client(school.person("DHS", role))
    may_read, may_make = role in {Role.MANAGER, Role.ESC}, role == Role.MANAGER
    for address in ("", "committee/", f"{report.pk}/", f"{report.pk}/report-en.pdf"):
        response = client.get(f"/en/manage/reports/{address}", follow=True)
        assert (response.status_code == 200) == may_read, address
        response.getvalue()  # reads the file to its end, which closes it
    asked = client.post("/en/manage/reports/", {"from_on": "2026-01-01", "to_on": PERIOD["to_on"].isoformat()})
    assert asked.status_code == (302 if may_make else 403)


def test_the_form_says_what_is_wrong_with_a_period(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    today = clock.today().isoformat()
    for period, sentence in (
        ({"from_on": "2026-03-01", "to_on": "2026-02-01"}, "before it begins"),
        ({"from_on": "2026-03-01", "to_on": today}, "not over yet"),
        ({"from_on": "2026-03-01", "to_on": "soon"}, "valid date"),
    ):
        response = manager.post("/en/manage/reports/", period)
        assert response.status_code == 400 and sentence in response.content.decode()
    assert manager.get("/en/manage/reports/9999/").status_code == 404


def test_a_report_page_shows_withheld_counts_as_such(school: School) -> None:
    report = make_report(snapshot=freeze(**PERIOD, by=None), by=None)
    page = school.client(school.person("DHS", Role.ESC)).get(f"/es/manage/reports/{report.pk}/").content.decode()
    assert "[s]" in page and report.files["figures.json"] in page
