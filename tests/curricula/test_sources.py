"""The sources of lessons: kept with the drafts, due some day, listed with what is overdue, looked at again."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client

from courses.freezing import lesson_content
from courses.models import LessonPage, LessonSource, SourceReview
from courses.sources import KINDS, SIDES, faults_of_sources
from curricula.loading.sources import read_source_facts, read_yaml
from curricula.services.editions import propose_edition
from people import clock
from people.models import AuditEntry
from people.roles import Role
from tests.school import School

LIST = "/en/admin/sources/"
TODAY = dt.date(2027, 12, 1)
LAW = {
    "tag": "LA", "reference": "Ley Aduanera, DOF 15-12-1995", "kind": "law", "side": "mx", "year": 2025,
    "url": "https://example.com/law", "consulted_on": "2026-11-24",
}  # fmt: skip
CFR = {"tag": "CFR-19", "reference": "19 CFR part 162", "kind": "law", "side": "us", "review_by": "2028-01-15"}
OWN = {"tag": "AUTHOR", "reference": "Instructional judgment of the author.", "consulted_on": "2026-11-24"}


@pytest.fixture
def lessons(school: School, monkeypatch: pytest.MonkeyPatch) -> list[LessonPage]:
    """Two lessons that cite the same law in the same words, a year and a week after it was consulted."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    call_command("sync_roles", verbosity=0)
    return [write(number, [LAW, CFR, OWN] if number == 1 else [LAW]) for number in (1, 2)]


def write(number: int, sources: list[dict[str, Any]]) -> LessonPage:
    page: LessonPage = LessonPage.objects.get(code=f"CO-101-L{number}").get_latest_revision_as_object()
    page.sources = sources
    page.save_revision(clean=True)
    return page


def source(tag: str, lesson: str = "CO-101-L1") -> LessonSource:
    return LessonSource.objects.get(page__code=lesson, tag=tag)


def author(school: School) -> Client:
    return school.client(school.person("DHS", Role.INSTRUCTOR, language="en"))


def test_a_source_is_due_on_its_own_day_or_a_year_after_it_was_consulted(lessons: list[LessonPage]) -> None:
    assert source("LA").due_on == dt.date(2027, 11, 24) and source("LA").days_overdue == 7
    assert source("CFR-19").due_on == dt.date(2028, 1, 15) and source("CFR-19").days_overdue == 0
    assert source("AUTHOR").due_on is None and source("AUTHOR").kind == "authors"
    write(1, [CFR | {"review_by": "2027-06-01"}])
    assert source("CFR-19").days_overdue == 183
    assert not LessonSource.objects.filter(page=lessons[0], tag="LA").exists()


def test_days_are_no_text_so_no_reader_and_no_edition_meets_them(lessons: list[LessonPage]) -> None:
    kept = {"tag": "LA", "reference": LAW["reference"], "year": 2025, "url": LAW["url"]}
    assert lesson_content(lessons[0])["sources"][0] == kept


def test_a_review_moves_the_day_is_recorded_and_touches_no_text(school: School, lessons: list[LessonPage]) -> None:
    browser, address = author(school), f"/en/manage/sources/{source('LA').pk}/review/"
    before = LessonPage.objects.get(pk=lessons[0].pk).latest_revision_id
    page = browser.get(address).content.decode()
    assert "overdue for 7 days" in page and "Nobody has reviewed" in page and "1 other lesson" in page
    sent = {"reason": "No later edition", "due_on": "2028-06-01", "alike": "on"}
    assert browser.post(address, sent | {"reason": " "}).status_code == 400
    assert browser.post(address, sent | {"due_on": "2027-12-01"}).status_code == 400
    assert not SourceReview.objects.exists()
    assert browser.post(address, sent).url == LIST
    assert {source("LA", code).due_on for code in ("CO-101-L1", "CO-101-L2")} == {dt.date(2028, 6, 1)}
    assert source("CFR-19").due_on == dt.date(2028, 1, 15)
    assert "No later edition" in browser.get(address).content.decode()
    entries = AuditEntry.objects.filter(action="courses.source.reviewed")
    assert {entry.data["lesson"] for entry in entries} == {"CO-101-L1", "CO-101-L2"}
    assert LessonPage.objects.get(pk=lessons[0].pk).latest_revision_id == before
    write(1, [LAW | {"reference": "Ley Aduanera"}])
    assert source("LA").due_on == dt.date(2028, 6, 1), "another word in the citation takes no review back"


def test_a_review_is_never_changed_or_removed(school: School, lessons: list[LessonPage]) -> None:
    author(school).post(f"/en/manage/sources/{source('LA').pk}/review/", {"reason": "Seen", "due_on": "2028-06-01"})
    for deed in (lambda: SourceReview.objects.update(reason="x"), lambda: SourceReview.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            deed()
    assert SourceReview.objects.get().reason == "Seen"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["LA", "LA", "CFR-19", "AUTHOR"]),
        ("due=overdue", ["LA", "LA"]),
        ("due=soon", ["CFR-19"]),
        ("side=us", ["CFR-19"]),
        ("kind=authors", ["AUTHOR"]),
        ("q=part+162", ["CFR-19"]),
        ("curriculum=CO", ["LA", "LA", "CFR-19", "AUTHOR"]),
    ],
)
def test_the_filters_stand_in_the_address_and_the_file_holds_what_is_shown(
    school: School, lessons: list[LessonPage], query: str, shown: list[str]
) -> None:
    browser = author(school)
    query = query.replace("=CO", f"={school.curriculum.pk}")
    assert browser.get(f"{LIST}?{query}").status_code == 200
    text = browser.get(f"{LIST}?{query}&export=csv").getvalue().decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Tag"] for row in rows] == shown
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{LIST}?{query}&export=xlsx").getvalue()))
    assert book.active is not None and book.active.max_row == len(shown) + 1


def test_the_list_leads_to_the_passage_and_costs_the_same_with_more_lines(
    school: School, lessons: list[LessonPage], django_assert_max_num_queries: Any
) -> None:
    browser = author(school)
    html = browser.get(LIST).content.decode()
    assert f"/en/admin/pages/{lessons[0].pk}/edit/#source-row-LA" in html and "CO-101" in html
    write(2, [LAW | {"tag": f"L{number}"} for number in range(40)])
    with django_assert_max_num_queries(16):
        assert browser.get(LIST).content.decode().count("#source-row-") == 43
    assert "Fuentes de las lecciones" in browser.get("/es/admin/sources/").content.decode()


def test_whoever_approves_reads_and_reviews_and_others_find_nothing(school: School, lessons: list[LessonPage]) -> None:
    address = f"/en/manage/sources/{source('LA').pk}/review/"
    approver = school.client(school.person("SHCP", Role.APPROVER))
    listed = approver.get(LIST).content.decode()
    assert "Ley Aduanera" in listed and "#source-row-" not in listed
    assert approver.get(address).status_code == 200
    manager = school.client(school.person("SHCP", Role.MANAGER))
    assert "Ley Aduanera" not in manager.get(LIST, follow=True).content.decode()
    assert manager.get(address).status_code == 404
    assert school.client(school.person("SHCP", Role.TRAINEE)).get(address).status_code == 404


def test_what_is_overdue_is_said_in_the_editor_and_on_the_candidate_and_keeps_nobody(
    school: School, lessons: list[LessonPage]
) -> None:
    browser = author(school)
    editor = browser.get(f"/en/admin/pages/{lessons[0].pk}/edit/").content.decode()
    assert "Sources to look at again" in editor and 'href="#source-row-LA"' in editor and "7 days overdue" in editor
    edition = propose_edition(curriculum=school.curriculum, by=None)
    html = browser.get(f"/en/manage/editions/{edition.pk}/").content.decode()
    assert "2 sources of these lessons are overdue" in html and "Ley Aduanera" in html


def posted(page: LessonPage, *rows: dict[str, Any]) -> dict[str, Any]:
    values = {f"sources-{number}-{key}": value for number, row in enumerate(rows) for key, value in row.items()}
    return values | {
        "title_en": page.title_en, "title_es": page.title_es, "code": page.code, "number": 1, "minutes": 30,
        "body-count": 0, "slug": page.slug, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
    }  # fmt: skip


def test_sources_are_edited_row_by_row_and_what_cannot_be_used_is_refused(
    school: School, lessons: list[LessonPage]
) -> None:
    browser, page = author(school), lessons[0]
    address = f"/en/admin/pages/{page.pk}/edit/"
    bad = [
        {"tag": "no tag", "reference": "R"},
        {"tag": "A", "reference": ""},
        {"tag": "B", "reference": "R", "url": "cbp.gov"},
        {"tag": "B", "reference": "R", "review_by": "soon"},
    ]
    html = browser.post(address, posted(page, *bad)).content.decode()
    for said in ("Source 1: write a tag", "Source 2: write the citation", "is no address", "used twice", "is no day"):
        assert said in html, said
    whole = CFR | {"en": "Search", "es": "Revisión"}
    assert browser.post(address, posted(page, {"tag": "", "reference": ""}, whole)).status_code == 302
    kept = LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object().sources
    assert kept == [whole | {"year": None}]
    assert str(source("CFR-19")) == "CFR-19 · Search"


def test_every_source_that_ships_can_be_cited_and_has_a_kind_and_a_side() -> None:
    folder = Path(settings.PUENTE_CONTENT_DIR)
    facts = read_source_facts(folder / "sources.yaml")
    for path in sorted((folder / "lessons").glob("*.yaml")):
        rows = facts.of(read_yaml(path)["sources"])
        assert not list(faults_of_sources(rows)), path.name
        assert all(row["kind"] in KINDS and row["side"] in SIDES and row["consulted_on"] for row in rows), path.name
