"""My data: a person takes away all that is held, and nobody takes away another's."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from jobs.models import Job
from lms.privacy.document import SCHEMA
from people.held_data import sections
from people.models import RetentionRule, User
from people.roles import Role

from .conftest import IDENTIFIERS, Life, certify, learn, make_files


def taken(browser: Client, job: Job, kind: str, language: str = "es") -> bytes:
    """The bytes of a download."""
    return b"".join(browser.get(f"/{language}/my-data/files/{job.pk}/{kind}/"))  # type: ignore[arg-type]


def by_key(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {section["key"]: section["rows"] for section in document["sections"]}


def text_of(pdf: bytes) -> str:
    """Words of all pages with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_json_file_holds_the_whole_life(life: Life) -> None:
    learn(life)
    credential = certify(life)
    data = taken(life.browser, make_files(life.browser), "json")
    document = json.loads(data.decode("utf-8"))
    assert document["schema"] == SCHEMA and "Xóchitl".encode() in data, "UTF-8, not escaped"
    held = by_key(document)
    account = held["account"][0]
    assert account["email"] == life.person.email and account["surname_1"] == "Ñuflo" and account["agency"] == "AGA"
    assert account["last_signed_in_at"].endswith("+00:00")
    assert [role["role"] for role in held["roles"]] == ["trainee"]
    assert held["email_addresses"][0]["is_verified"] is True
    assert held["authenticators"][0]["type"] == "totp" and b"hidden-seed" not in data
    assert len(held["sessions"]) == 1
    assert held["enrollments"][0]["position"] == "Perita grafóloga" and held["enrollments"][0]["state"] == "completed"
    assert held["rosters"][0]["file"] == "padron.csv" and held["rosters"][0]["file_is_kept"] is True
    assert held["course_records"][0]["objects_done"] == 3 and held["course_records"][0]["score_percent"] == 80.0
    assert {row["lesson"] for row in held["lesson_progress"]} == {"CO-101-L1", "CO-101-L2"}
    assert held["attempts"][0]["passed"] is True
    assert held["certificates"][0]["payload"] == credential.payload
    assert "certificates.credential.issued" in {row["action"] for row in held["record_about"]}
    for section in document["sections"]:
        assert section["title"]["en"] and section["title"]["es"] and section["about"]["en"]


def test_each_answer_stands_with_its_question_in_the_language_in_which_it_was_given(life: Life) -> None:
    learn(life)
    rows = by_key(json.loads(taken(life.browser, make_files(life.browser), "json")))["responses"]
    assert len(rows) == 5
    wrong = next(row for row in rows if row["item"] == "CO-101-01")
    assert wrong["question"] == "Single (español)" and wrong["answer"] == ["Option B (español)"]
    assert wrong["mark"] == 0.0 and wrong["right_answer"] == ["Option A (español)"]


def test_no_key_is_told_before_the_attempt_is_handed_in(life: Life) -> None:
    learn(life, hand_in=False)
    rows = by_key(json.loads(taken(life.browser, make_files(life.browser), "json")))["responses"]
    assert len(rows) == 5 and {row["mark"] for row in rows} == {row["right_answer"] for row in rows} == {None}


def test_the_pdf_reads_in_the_persons_language_with_accents_and_page_numbers(life: Life) -> None:
    learn(life)
    pdf = taken(life.browser, make_files(life.browser), "pdf", language="en")
    reader, text = PdfReader(io.BytesIO(pdf)), text_of(pdf)
    for expected in (*IDENTIFIERS, "Perita grafóloga", "Option B (español)"):
        assert expected in text
    count = len(reader.pages)
    assert count > 2
    assert str(count) in reader.pages[count - 1].extract_text().split("Puente ·")[1]
    fonts = {str(font) for page in reader.pages for font in page["/Resources"]["/Font"].get_object()}  # type: ignore[index]
    assert fonts and not [font for font in fonts if "Helvetica" in font or "Times" in font]
    assert reader.trailer["/Root"]["/Lang"] == "es-MX"  # type: ignore[index]


def test_long_words_wrap_and_strange_letters_are_told(life: Life) -> None:
    User.objects.filter(pk=life.person.pk).update(surname_2="Wörterbuch" * 7, position="名 " + "x" * 110)
    pdf = taken(life.browser, make_files(life.browser), "pdf")
    text = text_of(pdf)
    assert "[U+540D]" in text
    for page in PdfReader(io.BytesIO(pdf)).pages:
        edges: list[float] = []
        page.extract_text(visitor_text=lambda _t, _cm, tm, _f, _s, edges=edges: edges.append(tm[4]))
        assert max(edges) < 612


def test_demonstration_data_says_so_on_every_page(life: Life) -> None:
    User.objects.filter(pk=life.person.pk).update(is_demo=True, preferred_language="en")
    job = make_files(life.browser)
    pages = PdfReader(io.BytesIO(taken(life.browser, job, "pdf"))).pages
    assert all("Demonstration data" in page.extract_text() for page in pages)
    assert json.loads(taken(life.browser, job, "json"))["demonstration"] is True


def test_the_page_says_what_is_held_and_for_how_long(life: Life) -> None:
    page = life.browser.get("/en/my-data/").content.decode()
    assert "Answers" in page and "Your Participant has set no periods yet" in page and "pseudonym" in page
    RetentionRule.objects.create(
        participant=life.person.participant, kind="roster_files", days=45, basis_en="Order 7", basis_es="Acuerdo 7"
    )
    page = life.browser.get("/en/my-data/").content.decode()
    assert "45 days" in page and "Order 7" in page
    assert 'href="/en/my-data/"' in life.browser.get("/en/my-learning/").content.decode()


def test_the_page_costs_the_same_for_much_and_for_little(life: Life) -> None:
    counts = []
    for live in (lambda: None, lambda: learn(life)):
        live()
        life.browser.get("/en/my-data/")
        with CaptureQueriesContext(connection) as queries:
            life.browser.get("/en/my-data/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 106


@pytest.fixture
def strangers(life: Life) -> dict[str, Client]:
    school = life.school
    return {
        "a colleague": school.client(school.person("SHCP", Role.TRAINEE)),
        "the own manager": school.client(life.manager),
        "the own administrator": school.client(life.administrator),
        "the other side": school.client(school.person("DHS", Role.MANAGER)),
        "the operator": school.client(User.objects.create_superuser("operator@shcp.example", given_names="Op")),
    }


def test_files_are_for_the_person_alone(life: Life, strangers: dict[str, Client]) -> None:
    job = make_files(life.browser)
    for kind in ("json", "pdf"):
        address = f"/en/my-data/files/{job.pk}/{kind}/"
        response = life.browser.get(address)
        assert response.status_code == 200 and "no-store" in response["Cache-Control"]
        assert b"".join(response)  # type: ignore[arg-type]
        assert {who: client.get(address).status_code for who, client in strangers.items()} == dict.fromkeys(
            strangers, 404
        )
        assert Client().get(address)["Location"].startswith("/en/account/login/")
    assert life.browser.get(f"/en/my-data/files/{job.pk}/exe/").status_code == 404
    assert {client.get(f"/en/jobs/{job.pk}/result/").status_code for client in strangers.values()} == {404}
    assert Client().get("/en/my-data/").status_code == 302


def test_the_files_lie_in_the_private_folder_and_only_the_latest_are_kept(life: Life, private: Path) -> None:
    first = make_files(life.browser)
    second = make_files(life.browser)
    assert {path.parent.name for path in private.rglob("puente-my-data.*")} == {str(second.pk)}
    assert {oct(path.stat().st_mode)[-3:] for path in private.rglob("puente-my-data.*")} == {"600"}
    assert life.browser.get(f"/en/my-data/files/{first.pk}/pdf/").status_code == 404


def test_a_request_that_waits_is_not_made_twice_and_a_link_cannot_make_one(life: Life) -> None:
    life.browser.post("/es/my-data/files/")
    life.browser.post("/es/my-data/files/")
    assert Job.objects.filter(kind="my_data").count() == 1
    assert life.browser.get("/es/my-data/files/").status_code == 405
    assert "see how far they are" in life.browser.get("/en/my-data/").content.decode()


def test_the_keys_are_documented() -> None:
    text = (Path(settings.BASE_DIR) / "docs" / "held-data.md").read_text(encoding="utf-8")
    documented = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    assert set(documented) == {section.key for section in sections()}
    for section in sections():
        assert documented[section.key].split(" | ")[2].rstrip(" |") == ", ".join(f"`{f.key}`" for f in section.fields)


def test_times_are_those_of_the_moment(life: Life) -> None:
    made = dt.datetime.fromisoformat(json.loads(taken(life.browser, make_files(life.browser), "json"))["made_at"])
    assert abs(dt.datetime.now(dt.UTC) - made) < dt.timedelta(minutes=1)
