"""What is said to authors while they write: barriers for readers, and terms that were not rendered as agreed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from courses.accessibility import SENTENCES, problems_of_lesson
from courses.captions import fault_in
from courses.cases import case_faults
from courses.models import GlossaryTerm, LessonPage
from courses.terminology import agreed_terms, terminology_flags
from people.roles import Role
from tests.school import School, pair


def lesson(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"code": "X-L1", "title": pair("Lesson"), "blocks": list(blocks)}


def heading(level: int, name: str) -> dict[str, Any]:
    return {"type": "heading", "level": level, "id": name, **pair("Heading")}


PROSE = {"type": "prose", **pair("A paragraph")}
TABLE = {
    "type": "table",
    "caption": pair("Caption"),
    "header": [pair("One"), pair("Two")],
    "rows": [[pair("a"), pair("b")]],
}
FIGURE = {"type": "figure", "id": "f", "alt": pair("A truck at a portal"), "caption": pair("The portal")}
BOX = {"name": "small", "height": 40, "shapes": ["box 10 10 60 24 sand says=a"]}
DRAWN = FIGURE | {"drawing": BOX, "labels": [{"id": "a", "en": "Short", "es": "Corto"}]}
CHOICE = {"text": pair("Go on"), "to": "b", "consequence": pair("Then")}

CUE = "00:01.000 --> 00:02.000\nWords\n"
CAPTIONS: dict[str, tuple[str, int]] = {
    # code: captions with that fault, and its line
    "no_header": (CUE, 1),
    "comma": ("WEBVTT\n\n1\n00:01,000 --> 00:02,000\nWords\n", 4),
    "no_times": (f"WEBVTT\n\n{CUE}\nWords without times\n", 6),
    "backward": ("WEBVTT\n\n00:02.000 --> 00:01.000\nWords\n", 3),
    "disordered": (f"WEBVTT\n\n00:05.000 --> 00:06.000\nLater\n\n{CUE}", 6),
    "wordless": ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", 3),
    "styled": ("WEBVTT\n\nSTYLE\n::cue {}\n", 3),
    "no_captions": ("WEBVTT\n\nNOTE nothing yet\n", 4),
}
FILM = {
    "type": "video",
    "medium": {"file": "a.mp4", "bytes": 1},
    "title": pair("Film"),
    "captions": {"en": f"WEBVTT\n\n{CUE}", "es": f"WEBVTT\n\n{CUE}"},
    "transcript": pair("Words"),
}


def pair_of_captions(text: str) -> dict[str, str]:
    """A good caption in English, a text in Spanish."""
    return {"en": f"WEBVTT\n\n{CUE}", "es": text}


def case(*choices: dict[str, Any]) -> dict[str, Any]:
    nodes = [{"id": "a", "text": pair("A"), "choices": list(choices)}]
    return {"type": "scenario", "id": "case", "title": pair("Case"), "start": "a", "nodes": nodes}


BARRIERS = {
    "alternative_missing": FIGURE | {"alt": {"en": "A truck", "es": ""}},
    "alternative_is_file": FIGURE | {"alt": {"en": "IMG_0042.jpg", "es": "Un camión"}},
    "alternative_long": FIGURE | {"alt": {"en": "long " * 90, "es": "Un camión"}},
    "alternative_repeats": FIGURE | {"alt": FIGURE["caption"]},
    "drawing_unknown": FIGURE | {"drawing": {"name": "that-was-taken-away"}},
    "label_long": DRAWN | {"labels": [{"id": "a", "en": "Short", "es": "Demasiado largo para su recuadro"}]},
    "table_headless": TABLE | {"header": [pair("One"), {"en": "", "es": ""}]},
    "table_uneven": TABLE | {"rows": [[pair("a")]]},
    "table_nameless": TABLE | {"caption": {"en": "", "es": ""}},
    "address_in_text": {"type": "prose", "en": "See https://example.com/law", "es": "Vea la ley"},
    "words_say_nothing": {"type": "prose", "en": "Read the law", "es": "Haga clic aquí para leer"},
    "shouting": {"type": "prose", "en": "NEVER OPEN THIS SEAL WITHOUT ASKING YOUR SUPERVISOR FIRST", "es": "Nunca"},
    "choices_alike": case(CHOICE, CHOICE),
    "picture_words_missing": FIGURE | {"shows_text": True, "text": {"en": "SEAL 0042", "es": ""}},
    "file_missing": {"type": "image", "alt": pair("A port")},
    "file_unfit": FILM | {"medium": {"file": "a.pdf"}},
    "title_missing": {"type": "document", "document": {"file": "a.pdf"}, "title": {"en": "Form", "es": " "}},
    "transcript_missing": {"type": "audio", "medium": {"file": "a.ogg"}, "title": pair("Talk")},
    "captions_missing": {name: part for name, part in FILM.items() if name != "captions"},
    "quote_missing": {"type": "quote", "source": pair("Article 1")},
    "source_missing": {"type": "quote", "text": pair("Words"), "source": {"en": "Article 1"}},
    "entries_missing": {"type": "list", "ordered": False, "entries": [pair("One"), {}]},
    "term_missing": {"type": "term"},
    "definition_missing": {"type": "term", "term": {"name": pair("seal"), "definition": {"en": "", "es": "d"}}},
    **{f"captions_{code}": FILM | {"captions": pair_of_captions(text)} for code, (text, _line) in CAPTIONS.items()},
}  # fmt: skip


@pytest.mark.parametrize("code", BARRIERS)
def test_a_barrier_is_named_with_its_place(code: str) -> None:
    found = problems_of_lesson(lesson(heading(2, "first"), BARRIERS[code]))
    assert {each.code for each in found} == {code}
    assert all(each.place.startswith(("2", "f", "case")) and each.sentence for each in found)


@pytest.mark.parametrize(
    ("code", "blocks"),
    [
        ("heading_before", [heading(3, "a"), PROSE]),
        ("heading_empty", [heading(2, "a"), heading(2, "b"), PROSE]),
        ("heading_empty", [heading(2, "a"), PROSE, heading(2, "b")]),
        ("id_repeated", [heading(2, "a"), PROSE, heading(2, "a"), PROSE]),
    ],
)
def test_headings_are_in_order(code: str, blocks: list[dict[str, Any]]) -> None:
    assert [each.code for each in problems_of_lesson(lesson(*blocks))] == [code]


def test_what_is_well_has_no_remark() -> None:
    whole = lesson(heading(2, "a"), heading(3, "b"), PROSE, TABLE, FIGURE, DRAWN | {"id": "g"}, case(CHOICE))
    assert problems_of_lesson(whole) == []
    assert set(SENTENCES) == set(BARRIERS) | {"heading_before", "heading_empty", "id_repeated"}


AGREED = agreed_terms(
    [
        {"en": "customs broker", "es": "agente aduanal"},
        {"en": "non-intrusive inspection", "es": "inspección no intrusiva"},
        {"en": "consignee", "es": "consignatario"},
        {"en": "release (general)", "es": "liberación de la mercancía"},
        {"en": "seal", "es": "sello / candado"},
    ]
)


@pytest.mark.parametrize(
    ("en", "es", "flagged"),
    [
        ("Ask the customs broker.", "Pregunte al agente aduanal.", []),
        ("Ask the Customs Brokers.", "Pregunte a los AGENTES ADUANALES.", []),
        ("Ask the customs broker.", "Pregunte al despachante.", ["customs broker"]),
        ("Ask the dispatcher.", "Pregunte al agente aduanal.", ["agente aduanal"]),
        ("A non-intrusive inspection follows.", "Sigue una revisión con rayos.", ["non-intrusive inspection"]),
        ("The consignee signs.", "Firma quien recibe.", ["consignee"]),
        ("The [[consignee]] signs.", "Firma quien recibe.", []),
        ("The consignee signs.", "Firma el [[consignee|destinatario]].", []),
        ("A seal is cut.", "Se corta el precinto.", []),  # a short everyday word
        ("After release it leaves.", "Después sale.", []),  # a word that the glossary narrows
    ],
)
def test_a_term_is_flagged_when_its_partner_is_not_said(en: str, es: str, flagged: list[str]) -> None:
    flags = terminology_flags([lesson({"type": "prose", "en": en, "es": es})], AGREED)
    assert [flag.term for flag in flags] == flagged


def test_the_editor_says_it_with_the_way_to_the_block(school: School) -> None:
    GlossaryTerm.objects.create(en="consignee", es="consignatario")
    page = LessonPage.objects.get(code="CO-101-L1")
    editor = school.client(school.person(role=Role.INSTRUCTOR))
    address = f"/en/admin/pages/{page.pk}/edit/"
    assert "Terms to look at" not in _shown(editor, address)
    page.body[1].value["en"] = "The consignee signs. See https://example.com/law"
    page.save_revision()
    shown = _shown(editor, address)
    assert "Terms to look at" in shown and "consignatario" in shown
    assert "reads out the address" in shown and f'href="#block-{page.body[1].id}-section"' in shown


def _shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_case_that_goes_nowhere_is_said_with_the_way_to_its_block(school: School) -> None:
    page = LessonPage.objects.get(code="CO-101-L1")
    author = school.client(school.person(role=Role.INSTRUCTOR))
    address = f"/en/admin/pages/{page.pk}/edit/"
    assert "Cases and checks that do not work yet" not in _shown(author, address)
    page.body[3].value["nodes"][0]["choices"][0]["to"] = "nowhere"
    page.body[5].value["key"] = "Z"
    page.save_revision()
    shown = _shown(author, address)
    assert "which the case does not have" in shown and "No choice leads to the step “b”" in shown
    assert f'href="#block-{page.body[3].id}-section"' in shown and f'href="#block-{page.body[5].id}-section"' in shown


def leading(**ways: list[str]) -> dict[str, Any]:
    nodes = [{"id": step, "choices": [{"to": to} for to in targets]} for step, targets in ways.items()]
    return {"start": "a", "nodes": nodes}


@pytest.mark.parametrize(
    ("walked", "faults"),
    [
        (leading(a=["b"], b=[]), []),
        (leading(a=["b", "a"], b=[]), []),
        (leading(a=["b"], b=["a"]), [("case_without_end", "")]),
        (leading(a=["b", "c"], b=["b"], c=[]), [("step_endless", "b")]),
        (leading(a=["x"], b=[]), [("step_unknown", "x"), ("step_unreached", "b"), ("case_without_end", "")]),
        ({"start": "a", "nodes": [{"id": "a", "choices": [{}]}]}, [("step_unknown", ""), ("case_without_end", "")]),
    ],
)
def test_a_case_can_be_walked_to_an_end(walked: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert list(case_faults(walked)) == faults


@pytest.mark.parametrize("code", CAPTIONS)
def test_captions_are_refused_with_the_line_and_how_to_mend_it(code: str) -> None:
    text, line = CAPTIONS[code]
    for written in (text, text.replace("\n", "\r\n"), f"\ufeff{text}"):
        fault = fault_in(written)
        assert fault and (fault.code, fault.line) == (code, line)
        assert fault.sentence.startswith(f"Line {line}: ")


def test_good_captions_pass() -> None:
    placed = "WEBVTT\n\n00:00.000 --> 01:00:00.000 line:0 align:start\n<v Ana>Hola\n- Sí\n"
    assert not any(
        fault_in(text) for text in (*pair_of_captions(placed).values(), f"WEBVTT - es\n\nNOTE x\n\n1\n{CUE}")
    )
