"""The strict editor of the source files: what ships is clean, and whatever somebody breaks is found and named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import override

from curricula.content_findings import SENTENCES
from curricula.loading.checking import check_sources
from curricula.loading.checking_feedback import without_feedback
from curricula.loading.counting import count_sources
from tests import bank

LESSON, COURSE, ITEMS = "lessons/CO-101-L1.yaml", "courses/CO-101.yaml", "items/CO-101.yaml"
DRAWN, DRAWING = "lessons/CO-101-L4.yaml", "figures/clearance-sequence.yaml"


def test_the_curricula_that_ship_have_nothing_to_mend() -> None:
    said = StringIO()
    call_command("check_curricula", stdout=said)
    assert "nothing to mend" in said.getvalue()
    assert re.search(r"with a drawing: \d+, in 16 courses", said.getvalue())
    assert "Courses: 16. Lessons: 67" in said.getvalue() and "Texts in one language only: 0." in said.getvalue()
    assert "Choices without feedback: 0." in said.getvalue()


def block(lesson: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(each for each in lesson["blocks"] if each["type"] == kind)


def repeat_an_id(lesson: dict[str, Any]) -> None:
    headings = [each for each in lesson["blocks"] if each["type"] == "heading"]
    headings[1]["id"] = headings[0]["id"]


def loop_the_case(lesson: dict[str, Any]) -> None:
    case = block(lesson, "scenario")
    for node in case["nodes"]:
        node["choices"] = [{"text": node["text"], "to": case["start"], "consequence": node["text"]}]


def set_a_trap(lesson: dict[str, Any]) -> None:
    case = block(lesson, "scenario")
    first = next(node for node in case["nodes"] if node["id"] == case["start"])
    trap = {"text": first["text"], "to": "trap", "consequence": first["text"]}
    first["choices"].append(trap)
    case["nodes"].append({"id": "trap", "text": first["text"], "choices": [trap]})


def lengthen(lesson: dict[str, Any]) -> None:
    for each in lesson["blocks"]:
        if each["type"] == "prose":
            each["en"] = each["en"].replace(". ", ", ").replace("? ", ", ").replace("\n", " ")


def favor_a_letter(items: Any) -> None:
    for item in items:
        item["key"] = "A"


BREAKS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "text_missing": (LESSON, lambda d: d["title"].update(es="")),
    "file_named_otherwise": (LESSON, lambda d: d.update(code="CO-101-L9")),
    "outcome_unknown": (LESSON, lambda d: d.update(outcomes=[99])),
    "source_unknown": (LESSON, lambda d: block(d, "prose").update(sources=["NOWHERE"])),
    "id_repeated": (LESSON, repeat_an_id),
    "step_unknown": (LESSON, lambda d: block(d, "scenario")["nodes"][0]["choices"][0].update(to="nowhere")),
    "step_unreached": (LESSON, lambda d: block(d, "scenario").update(start=block(d, "scenario")["nodes"][-1]["id"])),
    "case_without_end": (LESSON, loop_the_case),
    "step_endless": (LESSON, set_a_trap),
    "term_unknown": (LESSON, lambda d: block(d, "prose").update(en="[[nonsense]]", es="[[nonsense]]")),
    "term_in_one_language": (LESSON, lambda d: block(d, "prose").update(en="[[seal]]")),
    "bare_address": (LESSON, lambda d: block(d, "prose").update(en="See https://example.com/law now.")),
    "file_missing": (LESSON, lambda d: d["blocks"].append({"type": "audio", "file": "media/none.mp3"})),
    "captions": (LESSON, lambda d: d["blocks"].append({"type": "video", "captions": {"en": LESSON, "es": LESSON}})),
    "length": (LESSON, lambda d: d.update(blocks=d["blocks"][:2])),
    "sentences_long": (LESSON, lengthen),
    "key_unknown": (ITEMS, lambda d: d[0].update(key="Z")),
    "option_repeated": (ITEMS, lambda d: d[0]["options"].update(B=d[0]["options"]["A"])),
    "feedback_missing": (ITEMS, lambda d: d[0]["options"]["B"].pop("feedback")),
    "code_repeated": (ITEMS, lambda d: d[1].update(code=d[0]["code"])),
    "lesson_unknown": (ITEMS, lambda d: d[0].update(lesson=[9])),
    "letter_favored": (ITEMS, favor_a_letter),
    "alternative_is_file": (DRAWN, lambda d: block(d, "figure")["alt"].update(en="figure-1.svg")),
    "alternative_long": (DRAWN, lambda d: block(d, "figure")["alt"].update(es="Una flecha lleva a otra. " * 30)),
    "alternative_missing": (DRAWN, lambda d: block(d, "figure")["alt"].update(en="")),
    "alternative_repeats": (DRAWN, lambda d: block(d, "figure").update(caption=block(d, "figure")["alt"])),
    "drawing_unknown": (DRAWN, lambda d: block(d, "figure").update(drawing="nowhere")),
    "label_long": (DRAWING, lambda d: d["labels"]["release"].update(es="Liberación " * 12)),
    "label_without_place": (DRAWING, lambda d: d["labels"].update(lost={"en": "Lost", "es": "Perdida"})),
    "label_without_words": (DRAWING, lambda d: d["labels"].pop("release")),
    "shape_outside": (DRAWING, lambda d: d["shapes"].append("box 300 8 80 38 sand")),
    "shape_unknown": (DRAWING, lambda d: d["shapes"].append("star 300 8 80 38 sand")),
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name in ("glossary.csv", COURSE, ITEMS, DRAWING, *(f"lessons/CO-101-L{n}.yaml" for n in range(1, 5))):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(settings.PUENTE_CONTENT_DIR / name, tmp_path / name)
    shutil.copytree(settings.PUENTE_CONTENT_DIR / "media", tmp_path / "media")
    assert check_sources(tmp_path) == []
    return tmp_path


@pytest.mark.parametrize("code", BREAKS)
def test_what_somebody_breaks_is_found(sources: Path, code: str) -> None:
    name, breaks = BREAKS[code]
    data = yaml.safe_load((sources / name).read_text())
    breaks(data)
    (sources / name).write_text(yaml.safe_dump(data, allow_unicode=True))
    found = [finding for finding in check_sources(sources) if finding.code == code]
    assert found and all(finding.file.startswith(name.partition("/")[0]) for finding in found)
    said = StringIO()
    with override("es"), pytest.raises(CommandError, match="por corregir"):
        call_command("check_curricula", folder=sources, stdout=said)
    assert name in said.getvalue() or "courses" in said.getvalue()


def test_parts_without_feedback_are_named_whatever_the_kind(sources: Path) -> None:
    """Pairs, places and the words of a gap are choices; an answer to write is none, nor the right side of no pair."""
    assert {item["kind"]: without_feedback(item) for item in bank.items()} == {
        "matching": [], "ordering": [], "gap": ["1B"], "hotspot": ["A"],
    }  # fmt: skip
    items = yaml.safe_load((sources / ITEMS).read_text())
    assert count_sources(sources).without_feedback == 0
    items[0]["options"]["A"]["feedback"] = {"en": "", "es": ""}
    (sources / ITEMS).write_text(yaml.safe_dump([*items, *bank.items()], allow_unicode=True))
    assert count_sources(sources).without_feedback == 3
    found = [each for each in check_sources(sources) if each.code == "feedback_missing"]
    assert [(each.place, each.values["letters"]) for each in found] == [
        ("CO-101-01", "A"), ("CO-101-13", "1B"), ("CO-101-14", "A"),
    ]  # fmt: skip


def test_a_lesson_that_is_missing_leaves_a_gap(sources: Path) -> None:
    (sources / "lessons/CO-101-L2.yaml").unlink()
    assert "lessons_not_numbered" in {finding.code for finding in check_sources(sources)}


def test_a_file_in_another_form_is_found_and_written_anew(sources: Path) -> None:
    path = sources / LESSON
    good = path.read_text()
    path.write_text("# a note\n" + good.replace("minutes:", "minutes:   "))
    assert [(finding.file, finding.code) for finding in check_sources(sources)] == [(LESSON, "written_otherwise")]
    call_command("format_curricula", sources, stdout=StringIO())
    assert path.read_text() == good and check_sources(sources) == []


def test_every_sentence_is_tried() -> None:
    assert SENTENCES.keys() == BREAKS.keys() | {"lessons_not_numbered", "written_otherwise"}
