"""What is written is the same when it is read again; what a format cannot hold is left out by name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.interchange import gift, gift_writing, moodle_xml, moodle_xml_writing
from courses.interchange.questions import LETTERS, bare

FORMATS = {"gift": (gift_writing.write, gift.read), "moodle_xml": (moodle_xml_writing.write, moodle_xml.read)}
words = st.text(st.sampled_from("abñÉ¿?:=~#{}\\ <&>\"'*_%123-."), min_size=1, max_size=12).map(str.strip).filter(bool)
flags = st.booleans()


def pairs(text: st.SearchStrategy[str] = words) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({"en": text, "es": text})


def lettered(rows: list[dict[str, Any]], after: int = 0) -> list[dict[str, Any]]:
    return [row | {"letter": LETTERS[place]} for place, row in enumerate(rows, start=after)]


def options(texts: list[dict[str, str]], right: int) -> list[dict[str, Any]]:
    return lettered([text | {"correct": place == right % len(texts)} for place, text in enumerate(texts)])


texts = st.lists(pairs(), min_size=2, max_size=5)
item = st.one_of(
    st.builds(lambda t, r: {"kind": "single", "options": options(t, r)}, texts, st.integers(0, 4)),
    st.builds(lambda t, r: {"kind": "multiple", "options": options(t, r)}, texts, st.integers(0, 4)),
    st.builds(lambda t: {"kind": "ordering", "options": lettered([o | {"correct": False} for o in t])}, texts),
    st.builds(
        lambda a, t: {"kind": "numeric", "number": {"answer": str(a), "tolerance": str(t)}},
        st.decimals(-999, 999, places=3),
        st.decimals(0, 9, places=2),
    ),
    st.builds(lambda t: {"kind": "matching", "pairs": lettered([{"left": x, "right": x} for x in t])}, texts),
    st.builds(
        lambda t, r: {"kind": "gap", "gaps": [{"number": 1, "choices": options(t, r)}]}, texts, st.integers(0, 4)
    ),
    st.builds(
        lambda a: {"kind": "gap", "gaps": [{"number": 1, "accepted": {c: [x[c] for x in a] for c in ("en", "es")}}]},
        texts,
    ),
)


@pytest.mark.parametrize("name", FORMATS)
@given(content=item, stem=pairs(), rationale=pairs(), languages=st.sampled_from([("en",), ("es",), ("en", "es")]))
def test_read_again_it_is_the_same(
    name: str, content: dict[str, Any], stem: dict[str, str], rationale: dict[str, str], languages: tuple[str, ...]
) -> None:
    write, read = FORMATS[name]
    if content["kind"] == "gap":
        stem = {code: f"{text} {{1}}" for code, text in stem.items()}
    whole = {"code": "x-1", "stem": stem, "rationale": rationale, **content}
    text, left_out = write([whole], languages)
    reading = read(text, languages[0])
    assert reading.refusals == []
    assert [bare(q.content, languages) for q in reading.questions] == [bare(whole, languages)] * (not left_out)


def simple(kind: str) -> dict[str, Any]:
    """An item of each kind with words that every format can hold."""
    two = [{"en": "seal #1", "es": "sello {a}"}, {"en": "door: 2", "es": "puerta = b"}]
    said = {"feedback": {"en": "Look **again**", "es": "Mire *otra* vez"}}
    true_false = [{"en": "True", "es": "Verdadero"} | said, {"en": "False", "es": "Falso"} | said]
    parts = {
        "single": {"options": [o | said for o in options(two, 0)]},
        "multiple": {"options": [o | said for o in options([*two, {"en": "c", "es": "d"}], 1)]},
        "true_false": {"options": options(true_false, 1)},
        "numeric": {"number": {"answer": "12.5000", "tolerance": "0.0000"}},
        "ordering": {"options": lettered([o | {"correct": False} for o in two])},
        "matching": {
            "pairs": lettered([{"left": t, "right": {"en": "x", "es": "y"}} for t in two]),
            "distractors": lettered([{"en": "none", "es": "ninguno"}], 2),
        },
        "gap": {"gaps": [{"number": 1, "accepted": {"en": ["seal"], "es": ["sello"]}}]},
        "hotspot": {"regions": [{"letter": "A", "points": ["1,1", "9,9"], "correct": True}]},
    }
    stem = {"en": "First line\n- a list", "es": "Primera línea\n- una lista"}
    if kind == "gap":
        stem = {code: f"{text} {{1}}" for code, text in stem.items()}
    rationale = {"en": "Because.", "es": "Porque."}
    return {"code": f"q-{kind}", "kind": kind, "stem": stem, "rationale": rationale, **parts[kind]}


KINDS = ("single", "multiple", "true_false", "numeric", "ordering", "matching", "gap")


@pytest.mark.parametrize("languages", [("en",), ("es",), ("en", "es")])
@pytest.mark.parametrize("name", FORMATS)
def test_each_kind_that_a_format_holds_is_written(name: str, languages: tuple[str, ...]) -> None:
    write, read = FORMATS[name]
    items = [simple(kind) for kind in (*KINDS, "hotspot")]
    text, left_out = write(items, languages)
    assert left_out == ["q-hotspot"]
    read_again = read(text, languages[0]).questions
    assert [question.identity for question in read_again] == [f"q-{kind}" for kind in KINDS]
    assert [bare(q.content, languages) for q in read_again] == [bare(i, languages) for i in items[:-1]]


def test_several_gaps_go_into_moodle_xml_and_not_into_gift() -> None:
    gaps = [
        {"number": n, "choices": options([{"en": f"a{n}", "es": f"b{n}"}, {"en": f"c{n}", "es": f"d{n}"}], n)}
        for n in (1, 2)
    ]
    whole = {"code": "g", "kind": "gap", "stem": {"en": "The {1} is {2}.", "es": "El {1} está {2}."}, "gaps": gaps}
    assert gift_writing.write([whole])[1] == ["g"]
    text, left_out = moodle_xml_writing.write([whole])
    assert left_out == []
    assert bare(moodle_xml.read(text, "en").questions[0].content) == bare(whole)
