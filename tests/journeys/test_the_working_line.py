"""The whole line: people, courses, curricula, roster, the round, certificates, the report, the export.

Through HTTP, commands and a real worker, on the real curricula and the first rows of the real roster.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from certificates.models import Credential
from courses.models import Attempt, CoursePage, Response
from curricula.models import Cohort, Curriculum, CurriculumEdition, Enrollment
from jobs.models import Job
from jobs.services import run
from people import clock
from people.models import Agency, Participant, User
from reports.exports.tables import CONTENTS
from tests.processes import Worker

from .conftest import OFFICERS, SignIn, load_and_live

pytestmark = pytest.mark.worker
ROSTER = Path(settings.PUENTE_CONTENT_DIR) / "rosters" / "roster-aga-1500.csv"
LAST = (dt.date.today() - dt.timedelta(days=1)).isoformat()  # noqa: DTZ011 (any day that is over)
FIRST = (dt.date.today() - dt.timedelta(days=200)).isoformat()  # noqa: DTZ011


def job_at(address: str) -> Job:
    return Job.objects.get(pk=int(re.findall(r"/jobs/(\d+)/", address)[0]))


def test_a_round_goes_from_an_empty_database_to_the_committee(worker: Worker, sign_in: SignIn, tmp_path: Path) -> None:
    load_and_live(folder=Path(settings.PUENTE_CONTENT_DIR))

    # 1. People: data in both languages, and each role at its own work.
    assert set(Participant.objects.values_list("code", flat=True)) == {"DHS", "SHCP"}
    assert all(each.name_en and each.name_es for each in (*Participant.objects.all(), *Agency.objects.all()))
    for email, address in {
        "gestion@aduanas.example": "/manage/cohorts/",
        "comite@hacienda.example": "/manage/reports/",
        "aprobacion@hacienda.example": "/manage/approvals/",
        "autora@aduanas.example": "/admin/",
    }.items():
        assert sign_in(email).get("/es/my-learning/").headers["Location"] == f"/es{address}"

    # 3. Curricula: first editions, then complete ones, in both languages, approved by both, each published in one act.
    assert {c.code: c.courses.count() for c in Curriculum.objects.all()} == {"CO": 10, "IN": 6}
    held = {(e.curriculum.code, e.number, e.state): e.edition_courses.count() for e in CurriculumEdition.objects.all()}
    assert held == {
        ("CO", 1, "superseded"): 2, ("CO", 2, "published"): 10, ("IN", 1, "superseded"): 2, ("IN", 2, "published"): 6,
    }  # fmt: skip
    for edition in CurriculumEdition.objects.all():
        assert {a.participant.code for a in edition.approvals.all()} == {"DHS", "SHCP"}
        assert all(edition.proposed_at <= a.decided_at <= edition.published_at for a in edition.approvals.all())
        for link in edition.edition_courses.select_related("course"):
            content = link.course.content
            assert len(content["lessons"]) >= 3
            assert [quiz["rules"]["items_drawn"] for quiz in content["quizzes"]] == [10]
    assert CoursePage.objects.live().count() == 16
    (tmp_path / "sources").mkdir()
    shutil.copy(Path(settings.PUENTE_CONTENT_DIR) / "sources.yaml", tmp_path / "sources")
    call_command("export_curricula", tmp_path / "sources", stdout=StringIO())
    for path in (path for path in (tmp_path / "sources").rglob("*.*") if path.is_file()):
        shipped = Path(settings.PUENTE_CONTENT_DIR) / path.relative_to(tmp_path / "sources")
        assert path.read_bytes() == shipped.read_bytes(), shipped.name

    # 5. The round was lived: some have completed, in both languages, and it says that it is a demonstration.
    cohort = Cohort.objects.get(code="aga-1500")
    assert Enrollment.objects.filter(cohort=cohort).count() == OFFICERS
    completed = Enrollment.objects.completed().filter(cohort=cohort)
    assert 0 < completed.count() < OFFICERS
    assert set(Response.objects.values_list("language", flat=True)) == {"en", "es"}
    manager = sign_in("gestion@aduanas.example")
    board = manager.get("/en/manage/cohorts/aga-1500/").content.decode()
    assert "Demonstration data" in board and completed.first().cohort.name in board  # type: ignore[union-attr]

    # 6. Certificates: one each, drawn and signed by the worker; anyone may check them.
    waiting = list(Job.objects.filter(kind="draw_certificates"))
    assert waiting
    for job in waiting:
        worker.finish(job)
    assert Credential.objects.count() == Enrollment.objects.completed().count()
    assert not Credential.objects.undrawn().exists()
    credential = Credential.objects.filter(person=completed.first().person_id).get()  # type: ignore[union-attr]
    holder = User.objects.get(pk=credential.person_id)
    own = Client()
    own.force_login(holder, backend="django.contrib.auth.backends.ModelBackend")
    pdf = tmp_path / "certificate.pdf"
    pdf.write_bytes(own.get(f"/es/certificates/{credential.number}/document.pdf").getvalue())
    said = StringIO()
    translation.activate("en")
    call_command("verify_certificate", str(pdf), stdout=said)
    assert "Genuine and valid" in said.getvalue() and "not a real certificate" in said.getvalue()
    page = Client().get(f"/en/verify/{credential.code}/").content.decode()
    assert holder.full_name in page and "Demonstration" in page
    pdf.write_bytes(pdf.read_bytes().replace(b"/Contents", b"/Cuntents", 1)[:-40])
    with pytest.raises(CommandError):
        call_command("verify_certificate", str(pdf))

    # 7. The report: frozen, drawn in both languages, the same bytes twice; the same through the pages and the worker.
    for folder in ("one", "two"):
        call_command("esc_report", from_on=FIRST, to_on=LAST, output=tmp_path / folder, stdout=StringIO())
    names = {"snapshot.h5", "figures.json", "report-en.pdf", "report-es.pdf"}
    assert {path.name for path in (tmp_path / "one").iterdir()} == names
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    figures = json.loads((tmp_path / "one" / "figures.json").read_bytes())
    until = dt.datetime.combine(dt.date.fromisoformat(LAST), dt.time.max, dt.UTC)
    trained = Enrollment.objects.completed().filter(completed_at__lte=until).values("person").distinct().count()
    assert figures["trained"]["persons"] == trained
    assert figures["meta"]["demonstration"] is True
    asked = manager.post("/en/manage/reports/", {"from_on": FIRST, "to_on": LAST})
    job = worker.finish(job_at(asked.headers["Location"]))
    assert job.state == "done", job.errors
    assert "Open the result" in manager.get(f"/en/jobs/{job.pk}/").content.decode()
    member = sign_in("comite@hacienda.example", "es")
    shown = member.get(job.result["address"]).content.decode()
    assert f"{trained:,}" in shown
    for name in names:
        data = member.get(f"{job.result['address']}{name}").getvalue()
        assert data == (tmp_path / "one" / name).read_bytes()

    # 8. The export: by the page and by the command.
    for file_format in ("csv", "xlsx", "parquet", "hdf5"):
        url = "/en/manage/cohorts/aga-1500/export/"
        if file_format == "csv":
            page_file = manager.get(f"{url}statistics.csv").getvalue()
        else:
            asked = manager.post(url, {"contents": CONTENTS, "names": "yes", "file_format": file_format})
            job = worker.finish(job_at(asked.headers["Location"]))
            page_file = manager.get(f"/en/jobs/{job.pk}/result/").getvalue()
        call_command("export_cohort", "aga-1500", format=file_format, output=tmp_path / "file", stdout=StringIO())
        assert page_file == (tmp_path / "file").read_bytes()


def test_a_roster_comes_in_through_the_page_and_its_officer_learns_in_two_languages(
    transactional_db: None, sign_in: SignIn
) -> None:
    load_and_live(officers=2)
    manager = sign_in("gestion@aduanas.example", "es")

    # 4. The roster: a look at what would change, then exactly that.
    rows = ROSTER.read_bytes().splitlines(keepends=True)[:6]
    url = "/es/manage/cohorts/aga-1500/roster/"
    page = manager.post(url, {"file": SimpleUploadedFile("padron.csv", b"".join(rows))}, follow=True).content.decode()
    assert Enrollment.objects.filter(cohort__code="aga-1500").count() == 2
    action = re.findall(r'action="([^"]+/apply/)"', page)[0]
    hidden = dict(re.findall(r'type="hidden" name="(file_name|seen|rows)" value="([^"]*)"', page))
    manager.post(action, hidden)
    run(job_id=Job.objects.latest("pk").pk)
    assert Enrollment.objects.filter(cohort__code="aga-1500").count() == 5

    # 2. The course: three lessons and a quiz, begun in Spanish, finished in English.
    officer = User.objects.filter(enrollments__cohort__code="aga-1500").order_by("-pk")[0]
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    record = officer.course_records.order_by("pk")[0]
    content = record.course.content
    for lesson in content["lessons"]:
        address = f"/es/courses/{content['slug']}/{lesson['slug']}/"
        assert lesson["title"]["es"] in client.get(address).content.decode()
        client.post(f"{address}complete/")
    client.post(f"/es/courses/{content['slug']}/quiz/")
    attempt = Attempt.objects.get(record=record)
    layout, deadline = attempt.layout, attempt.deadline_at
    answers = {item["code"]: _right(item) for item in content["quizzes"][0]["items"]}
    language = "es"
    for number, place in enumerate(layout, 1):
        go = "language-en" if number == 5 else str(number + 1)
        data = {"page": number, "shown": place["item"], f"item-{place['item']}": answers[place["item"]], "go": go}
        client.post(f"/{language}/attempts/{attempt.pk}/", data)
        language = "en" if number >= 5 else "es"
    client.post(f"/en/attempts/{attempt.pk}/review/")
    attempt.refresh_from_db()
    assert attempt.passed and attempt.score_percent == 100
    assert (attempt.layout, attempt.deadline_at) == (layout, deadline)
    languages = dict(attempt.responses.values_list("item_code", "language"))
    assert [languages[place["item"]] for place in layout] == ["es"] * 5 + ["en"] * 5
    record.refresh_from_db()
    assert record.percent == 100 and record.completed_at


def test_a_cohort_keeps_its_edition_when_a_new_one_is_published(transactional_db: None, sign_in: SignIn) -> None:
    """3. An edition is approved by one person of each side and published in one act."""
    load_and_live(officers=1)
    cohort = Cohort.objects.get(code="aga-1500")
    before = cohort.edition
    page = CoursePage.objects.get(code="CO-101")
    page.title_en, page.title_es = "Customs mission, revised", "Misión aduanera, revisada"
    page.save_revision()
    author, manager = sign_in("author@cbp.example"), sign_in("manager@cbp.example")
    us, mexico = sign_in("approver@dhs.example"), sign_in("aprobacion@hacienda.example")
    from curricula.services.editions import propose_edition

    edition = propose_edition(curriculum=before.curriculum, by=User.objects.get(email="author@cbp.example"))
    address = f"/en/manage/editions/{edition.pk}/"
    assert "Customs mission, revised" in us.get(address).content.decode()
    for client in (author, manager):
        assert client.post(f"{address}approve/").status_code == 403
    confirmed = {"sha256": edition.sha256, "confirmed": "1"}
    us.post(f"{address}approve/", confirmed)
    us.post(f"{address}approve/", confirmed)
    us.post(f"{address}publish/")
    edition.refresh_from_db()
    assert edition.state == "candidate" and edition.approvals.count() == 1, "one side alone publishes nothing"
    mexico.post(f"{address}approve/", confirmed)
    mexico.post(f"{address}publish/")
    edition.refresh_from_db()
    before.refresh_from_db()
    cohort.refresh_from_db()
    assert (edition.state, before.state) == ("published", "superseded")
    assert cohort.edition == before
    assert "Customs mission, revised" in Client().get("/en/courses/").content.decode()


def test_a_bad_period_and_an_unknown_cohort_are_refused_in_words(transactional_db: None, tmp_path: Path) -> None:
    call = {"output": tmp_path, "stdout": StringIO()}
    with pytest.raises(CommandError, match="before it begins"):
        call_command("esc_report", from_on=LAST, to_on=FIRST, **call)
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    with pytest.raises(CommandError, match="not over yet"):
        call_command("esc_report", from_on=FIRST, to_on=tomorrow, **call)
    with pytest.raises(CommandError, match="is not a date"):
        call_command("esc_report", from_on="soon", to_on=LAST, **call)
    with pytest.raises(CommandError, match="Nobody was enrolled"):
        call_command("esc_report", from_on=FIRST, to_on=LAST, **call)
    assert not list(tmp_path.iterdir())


def _right(item: dict[str, object]) -> list[str]:
    if item["kind"] == "numeric":
        return [item["number"]["answer"]]  # type: ignore[index]
    return [option["letter"] for option in item["options"] if option.get("correct")]  # type: ignore[attr-defined]
