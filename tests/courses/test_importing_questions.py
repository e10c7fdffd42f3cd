"""Authors import questions after a dry run, complete them in the other language, and export them again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.freezing import item_content
from courses.interchange.questions import bare
from courses.models import Item, QuizPage
from courses.question_export import export_items
from courses.services import questions
from courses.services.questions import apply_import, plan_import
from jobs.models import Job
from jobs.services import run
from people.models import AuditEntry, User
from people.roles import Role
from tests.courses.interchange.files import gift_file, moodle_file
from tests.school import School


@pytest.fixture
def author(school: School) -> User:
    return school.person(role=Role.INSTRUCTOR, language="en")


@pytest.fixture
def desk(author: User, school: School) -> Client:
    return school.client(author)


def send(client: Client, data: bytes, *, language: str = "en") -> Any:
    file = SimpleUploadedFile("questions.txt", data)
    return client.post(reverse("question_import"), {"file": file, "language": language, "category": ""})


def test_the_dry_run_writes_nothing_and_two_queries_suffice(author: User) -> None:
    text, broken = gift_file()
    before = Item.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        plan = plan_import(data=text.encode(), language="en", by=author)
    assert len(queries) <= 2
    assert plan.counts == {"new": 490, "changed": 0, "unchanged": 0, "refused": 10}
    assert [row.line for row in plan.rows if row.outcome == "refused"] == list(broken)
    assert Item.objects.count() == before


def test_a_second_language_completes_the_same_items_and_the_same_file_changes_nothing(author: User) -> None:
    english, spanish = (gift_file(14, language=code)[0].encode() for code in ("en", "es"))
    assert apply_import(data=english, language="en", by=author).counts["new"] == 14
    assert apply_import(data=english, language="en", by=author).counts["unchanged"] == 14
    assert apply_import(data=spanish, language="es", by=author).counts["changed"] == 14
    assert apply_import(data=spanish, language="es", by=author).counts["unchanged"] == 14
    item = Item.objects.get(code="scan-7")
    assert item.stem_en == "What does the officer check first on container 7?"
    assert item.stem_es == "¿Qué revisa primero en el contenedor 7?"
    assert item.options[0].value["en"] == "seal" and item.options[0].value["es"] == "precinto"
    assert item.options[0].value["feedback"]["en"] == "= ✓"
    assert item.revisions.count() == 2
    assert AuditEntry.objects.filter(action="courses.items.imported").count() == 2


def test_another_structure_or_key_in_the_other_language_is_refused(author: User) -> None:
    apply_import(data=b"::a::Which? {=x ~y}\n\n::b::Is it? {T}", language="en", by=author)
    plan = plan_import(data="::a::¿Cuál? {=x ~y ~z}\n\n::b::¿Es? {F}".encode(), language="es", by=author)
    assert [row.remarks[0].code for row in plan.rows] == ["other_structure", "other_key"]


def test_a_question_twice_in_a_file_is_refused_with_the_first_line(author: User) -> None:
    plan = plan_import(data=b"::a::Is it? {T}\n\n::a::Is it not? {F}", language="en", by=author)
    assert [row.outcome for row in plan.rows] == ["new", "refused"]
    assert plan.rows[1].remarks[0].values == {"code": "a", "line": 1}


@pytest.mark.parametrize("file_format", ["gift", "moodle_xml"])
def test_what_is_exported_and_imported_again_changes_nothing(author: User, file_format: str) -> None:
    apply_import(data=gift_file(14)[0].encode(), language="en", by=author)
    apply_import(data=gift_file(14, language="es")[0].encode(), language="es", by=author)
    items = Item.objects.filter(code__startswith="scan-")
    before = {item.code: bare(item_content(item)) for item in items}
    export = export_items(items, file_format, "both")
    plan = plan_import(data=export.text.encode(), language="en", by=author)
    assert plan.counts == {"new": 0, "changed": 0, "unchanged": export.count, "refused": 0}
    assert export.count + len(export.left_out) == 14 and export.count >= 12
    items.delete()
    apply_import(data=export.text.encode(), language="en", by=author)
    assert {i.code: bare(item_content(i)) for i in Item.objects.filter(code__startswith="scan-")} == {
        code: content for code, content in before.items() if code not in export.left_out
    }


def test_the_page_shows_a_line_for_each_question_and_applies_what_it_showed(desk: Client) -> None:
    text, _ = moodle_file(20)
    page = send(desk, text.encode())
    assert page.status_code == 200
    assert page.content.decode().count("An essay is marked by a person.") == 2
    sha256 = page.context["sha256"]
    report = desk.get(reverse("question_report", args=[sha256]), {"language": "en"})
    assert report["Content-Type"].startswith("text/csv")
    assert len(report.content.decode("utf-8-sig").splitlines()) == 21
    done = desk.post(reverse("question_apply", args=[sha256]), {"language": "en", "category": ""}, follow=True)
    assert "18 new, 0 changed, 0 unchanged, 2 refused" in done.content.decode()
    assert Item.objects.filter(code__startswith="scan-").exclude(stem_es="").count() == 18
    assert desk.get(reverse("question_report", args=[sha256]), {"language": "en"}).status_code == 404


def test_the_report_holds_no_formula(desk: Client) -> None:
    page = send(desk, b"::\\=1+1::Is it? {T}")
    report = desk.get(reverse("question_report", args=[page.context["sha256"]]), {"language": "en"})
    assert ",'=1+1," in report.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<!DOCTYPE q [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "declares a document type"),
        (b"\x00\x01", "is not text"),
        (b"", "is empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(desk: Client, data: bytes, sentence: str) -> None:
    page = send(desk, data)
    assert sentence in page.content.decode()
    assert "sha256" not in page.context


def test_another_person_cannot_apply_the_file(desk: Client, school: School) -> None:
    sha256 = send(desk, b"Is it? {T}").context["sha256"]
    other = school.client(school.person(role=Role.INSTRUCTOR, language="en"))
    address = reverse("question_apply", args=[sha256])
    assert other.post(address, {"language": "en", "category": ""}).status_code == 404


def test_trainees_may_not(school: School) -> None:
    officer, _, _ = school.trainee()
    assert school.client(officer).get(reverse("question_import")).status_code == 403


def test_a_quiz_leaves_as_a_file(desk: Client, school: School) -> None:
    quiz = QuizPage.objects.first()
    assert quiz is not None
    query = {"quiz": quiz.pk, "category": "", "file_format": "gift", "languages": "both"}
    page = desk.get(reverse("question_export"), query)
    assert f"The file holds {page.context['export'].count} questions." in page.content.decode()
    file = desk.get(reverse("question_file"), query)
    assert file["Content-Disposition"].startswith("attachment") and b"// [id:" in file.content
    assert AuditEntry.objects.filter(action="courses.items.exported").count() == 1


def test_each_item_that_is_written_costs_the_same_few_statements(author: User) -> None:
    with CaptureQueriesContext(connection) as few:
        apply_import(data=b"".join(f"::a{n}::Is it? {{T}}\n\n".encode() for n in range(10)), language="en", by=author)
    with CaptureQueriesContext(connection) as many:
        apply_import(data=b"".join(f"::b{n}::Is it? {{T}}\n\n".encode() for n in range(30)), language="en", by=author)
    assert len(many) - len(few) <= 20 * 46


def test_another_kind_leaves_nothing_of_the_old_one(author: User) -> None:
    apply_import(data=b"::a::Match {=x -> 1 =y -> 2}", language="en", by=author)
    assert apply_import(data=b"::a::Which? {=x ~y}", language="en", by=author).counts["changed"] == 1
    item = Item.objects.get(code="a")
    assert item.kind == "single" and len(item.pairs) == 0


def test_a_large_file_is_written_by_a_job_that_goes_on_where_it_was_stopped(
    desk: Client, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "PIECE", 5)
    monkeypatch.setattr("courses.views.questions.LARGE", 12)
    data = gift_file(14)[0].encode()
    sha256 = send(desk, data).context["sha256"]
    answer = desk.post(reverse("question_apply", args=[sha256]), {"language": "en", "category": ""})
    job = Job.objects.get(kind=questions.IMPORTING)
    assert answer.url == reverse("jobs:job", args=[job.pk]) and not Item.objects.filter(code="scan-7").exists()

    pieces = questions.import_in_pieces(data=data, language="en", category="", by=author)
    piece, written, counts = next(pieces)
    assert Item.objects.filter(code__startswith="scan-").count() == written == 5
    job.checkpoint = {"pieces": piece, "done": written, "counts": counts}  # what a worker keeps before it is killed
    job.save()
    assert run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 14, 14)
    assert Item.objects.filter(code__startswith="scan-").count() == 14
    assert job.result == {"new": 14, "changed": 0, "unchanged": 0, "refused": 0}
    assert AuditEntry.objects.get(action="courses.items.imported").data["new"] == 14
    report = b"".join(desk.get(reverse("jobs:result", args=[job.pk])).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert report.count("scan-") >= 14
    assert desk.post(reverse("question_apply", args=[sha256]), {"language": "en"}).status_code == 404, "not kept longer"


def test_a_locked_item_is_left_alone_on_every_road(author: User, school: School) -> None:
    apply_import(data=gift_file(3)[0].encode(), language="en", by=author)
    Item.objects.filter(code="scan-1").update(locked=True, locked_by=school.person(role=Role.INSTRUCTOR))
    spanish = gift_file(3, language="es")[0].encode()
    counts = apply_import(data=spanish, language="es", by=author).counts
    assert (counts["changed"], counts["refused"]) == (2, 1)
    assert Item.objects.get(code="scan-1").stem_es == ""


def test_questions_come_and_go_at_the_command_line(author: User, tmp_path: Path) -> None:
    file, said, wrong = tmp_path / "questions.gift", io.StringIO(), io.StringIO()
    file.write_text(gift_file(3)[0] + "\n\n::broken:: What now?{\n=a")
    call_command("import_questions", file, stdout=said, stderr=wrong)
    assert "3 new, 0 changed" in said.getvalue() and "Add --apply" in said.getvalue()
    assert "Line " in wrong.getvalue() and not Item.objects.filter(code="scan-1").exists()
    call_command("import_questions", file, "--apply", stdout=said, stderr=wrong)
    assert Item.objects.get(code="scan-1").latest_revision.user is None
    with pytest.raises(CommandError, match="no category nowhere"):
        call_command("import_questions", file, "--category", "nowhere")
    call_command("export_questions", tmp_path / "out.gift", "--course", "CO-101", stdout=said)
    assert "4 questions written" in said.getvalue()
    assert "::CO-101-01::" in (tmp_path / "out.gift").read_text()
    with pytest.raises(CommandError, match="no such questions"):
        call_command("export_questions", tmp_path / "none.gift", "--course", "XX")
