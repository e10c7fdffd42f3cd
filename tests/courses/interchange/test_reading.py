"""Files of other programs are read tolerantly; what cannot be taken is refused with its line and a code."""

from __future__ import annotations

import time
from typing import Any

import pytest

from courses.interchange.decoding import MOST_BYTES
from courses.interchange.questions import FileRefused, Reading
from courses.interchange.reading import read_questions

from .files import gift_file, moodle_file


def read(text: str, language: str = "en") -> Reading:
    return read_questions(text.encode(), language)[1]


def only(text: str, language: str = "en") -> dict[str, Any]:
    reading = read(text, language)
    assert reading.refusals == []
    (question,) = reading.questions
    return question.content


def why_not(text: str) -> str:
    reading = read(text)
    assert reading.questions == []
    return reading.refusals[0].why.code


def test_gift_choice_with_escapes_feedback_and_general_feedback() -> None:
    content = only(r"""
// a comment
$CATEGORY: $course$/top/Scans

::Name \: one::[markdown]How much is 2 \= 1 \+ 1 \{really\}? {
  =yes \# sure#**right**
  ~no#wrong
  ####The rationale
}""")
    assert content["kind"] == "single"
    assert content["stem"] == {"en": r"How much is 2 = 1 \+ 1 {really}?"}
    assert content["options"] == [
        {"en": "yes # sure", "correct": True, "feedback": {"en": "**right**"}, "letter": "A"},
        {"en": "no", "correct": False, "feedback": {"en": "wrong"}, "letter": "B"},
    ]
    assert content["rationale"] == {"en": "The rationale"}


def test_gift_name_category_and_identity() -> None:
    text = "$CATEGORY: $course$/top/Scans/Vans\n\n// [id:van-1]\n::A van::Is it one?{T}"
    (question,) = read(text).questions
    assert (question.name, question.category, question.identity, question.line) == ("A van", "Scans/Vans", "van-1", 4)


def test_gift_weights_make_several_right_options() -> None:
    content = only("Which? {~%50%a ~%50%b ~%-100%c}")
    assert content["kind"] == "multiple"
    assert [option["correct"] for option in content["options"]] == [True, True, False]


@pytest.mark.parametrize(
    ("answers", "number"),
    [
        ("#3:2", {"answer": "3", "tolerance": "2"}),
        ("#1..5", {"answer": "3", "tolerance": "2"}),
        ("#12,5", {"answer": "12.5", "tolerance": "0"}),
        ("#=3.14:0.01 =%50%3:1", {"answer": "3.14", "tolerance": "0.01"}),
    ],
)
def test_gift_numbers(answers: str, number: dict[str, str]) -> None:
    assert only(f"How many? {{{answers}}}")["number"] == number


def test_gift_true_or_false_knows_its_words_in_both_languages() -> None:
    content = only("El sello está roto. {FALSE#mal#bien}", "es")
    assert content["kind"] == "true_false"
    assert content["stem"] == {"es": "El sello está roto."}
    true, false = content["options"]
    assert (true["en"], true["es"], true["correct"]) == ("True", "Verdadero", False)
    assert false["correct"] and false["feedback"] == {"es": "bien"} and true["feedback"] == {"es": "mal"}


def test_gift_matching_missing_word_written_answer_and_order() -> None:
    matching = only("Match {=a -> 1 =b -> 2 = -> 3}")
    assert [(pair["left"]["en"], pair["right"]["en"]) for pair in matching["pairs"]] == [("a", "1"), ("b", "2")]
    assert matching["distractors"] == [{"en": "3", "letter": "C"}]
    word = only("The {=seal ~door} is intact.")
    assert word["stem"] == {"en": "The {1} is intact."}
    assert [choice["correct"] for choice in word["gaps"][0]["choices"]] == [True, False]
    written = only("Who? {=officer =inspector}")
    assert written["stem"] == {"en": "Who? {1}"} and written["gaps"][0]["accepted"] == {"en": ["officer", "inspector"]}
    assert [option["en"] for option in only("Order {>ALL\nfirst\nsecond\n}")["options"]] == ["first", "second"]


def test_gift_html_becomes_markdown_and_plain_text_stays_itself() -> None:
    content = only("[html]<p>The <b>first</b></p><ul><li>one</li><li>two</li></ul><script>x()</script> {T}")
    assert content["stem"] == {"en": "The **first**\n\n- one\n- two"}
    assert only("[plain]2 * 3 * 4 {#24}")["stem"] == {"en": r"2 \* 3 \* 4"}


def test_gift_answers_with_a_blank_line_and_a_broken_question_before_a_good_one() -> None:
    assert len(only("Which? {\n=a\n\n~b\n}")["options"]) == 2
    reading = read("::one::Which? {=a ~b\n\n::two::Is it? {T}")
    assert [(r.line, r.why.code) for r in reading.refusals] == [(1, "no_closing_brace")]
    assert [(q.line, q.name) for q in reading.questions] == [(3, "two")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Say it {}", "essay"),
        ("Which? {~a ~b}", "no_key"),
        ("Which? {=a ~b} or {=c ~d}?", "several_answers"),
        ("Only words.\n\n{", "description"),
        ("How many? {#many}", "no_number"),
        ("Which? {\\{mlang fr\\}oui\\{mlang\\}}", "no_sign"),
        ('[html]Look <img src="x.png"> {T}', "picture"),
    ],
)
def test_gift_refusals(text: str, code: str) -> None:
    assert why_not(text) == code


def test_aiken() -> None:
    reading = read("What is first?\nA. seal\nB) door\nANSWER: B\n\nNo answer\nA. a\nB. b\n\nOne?\nA. a\nANSWER: C\n")
    (question,) = reading.questions
    assert [(o["en"], o["correct"]) for o in question.content["options"]] == [("seal", False), ("door", True)]
    assert [(r.line, r.why.code) for r in reading.refusals] == [(6, "no_answer_line"), (10, "unknown_letter")]


QUIZ = (
    "<quiz><question type='{kind}'><name><text>n</text></name>"
    "<questiontext><text>{stem}</text></questiontext>{rest}</question></quiz>"
)


@pytest.mark.parametrize("kind", ["essay", "description", "cloze"])
def test_moodle_kinds_that_no_item_can_hold(kind: str) -> None:
    assert why_not(QUIZ.format(kind=kind, stem="x", rest="")) == kind


def test_moodle_other_refusals() -> None:
    assert why_not(QUIZ.format(kind="calculated", stem="x", rest="")) == "unknown_kind"
    file = "<questiontext><text>y</text><file encoding='base64'>AAAA</file></questiontext>"
    picture = f"<quiz><question type='truefalse'>{file}</question></quiz>"
    assert why_not(picture) == "picture"


def test_moodle_gaps_matching_ordering_and_written_answers() -> None:
    options = "".join(
        f"<selectoption><text>{t}</text><group>{g}</group></selectoption>"
        for t, g in (("seal", 1), ("door", 1), ("open", 2), ("shut", 2))
    )
    gaps = only(QUIZ.format(kind="gapselect", stem="The [[1]] is [[4]].", rest=options))
    assert gaps["stem"] == {"en": "The {1} is {2}."}
    assert [[c["en"] for c in gap["choices"] if c["correct"]] for gap in gaps["gaps"]] == [["seal"], ["shut"]]
    rows = "".join(
        f"<subquestion><text>{a}</text><answer><text>{b}</text></answer></subquestion>"
        for a, b in (("a", "1"), ("b", "2"), ("", "3"))
    )
    assert len(only(QUIZ.format(kind="matching", stem="Match", rest=rows))["pairs"]) == 2
    answers = "<answer fraction='2'><text>two</text></answer><answer fraction='1'><text>one</text></answer>"
    ordering = only(QUIZ.format(kind="ordering", stem="Order", rest=answers))
    assert [option["en"] for option in ordering["options"]] == ["one", "two"]
    answer = "<answer fraction='100'><text>seal</text></answer>"
    written = only(QUIZ.format(kind="shortanswer", stem="The ____ holds.", rest=answer))
    assert written["stem"] == {"en": "The {1} holds."}
    number = "<answer fraction='100'><text>12.5</text><tolerance>0.5</tolerance></answer>"
    assert only(QUIZ.format(kind="numerical", stem="How many?", rest=number))["number"] == {
        "answer": "12.5",
        "tolerance": "0.5",
    }


def test_a_moodle_file_fills_both_languages() -> None:
    text, broken = moodle_file()
    reading = read(text)
    assert {r.line: r.why.code for r in reading.refusals} == broken
    first = reading.questions[0].content
    assert first["stem"] == {"en": "What is **first** 1?", "es": "¿Qué es **primero** 1?"}
    assert first["options"][0] == {"en": "seal", "es": "precinto", "correct": True, "letter": "A"}


def test_a_gift_file_of_500_questions_is_read_in_a_second() -> None:
    text, broken = gift_file()
    started = time.perf_counter()
    reading = read(text)
    assert time.perf_counter() - started < 1
    assert {r.line: r.why.code for r in reading.refusals} == broken
    assert len(reading.questions) == 490
    kinds = {"single", "multiple", "true_false", "numeric", "matching", "gap"}
    assert {question.content["kind"] for question in reading.questions} == kinds


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_that_are_read(encoding: str) -> None:
    _, reading = read_questions("¿Está roto el sello? {T}".encode(encoding), "es")
    assert reading.questions[0].content["stem"] == {"es": "¿Está roto el sello?"}


BOMB = '<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"PK\x03\x04rest", "binary"),
        (b"abc\x00def", "binary"),
        (b"x" * (MOST_BYTES + 1), "too_large"),
        (b"Nothing that is a question", "unknown_format"),
        (BOMB.encode(), "document_type"),
        (b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "document_type"),
        (b"<quiz><question></quiz>", "not_xml"),
        (b"<html><p>x</p></html>", "not_moodle"),
        (b"<quiz>" + b"<a>" * 100 + b"</a>" * 100 + b"</quiz>", "too_deep"),
        (b"<quiz></quiz>", "no_questions"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><quiz/>', "unknown_encoding"),
        (b"\xef\xbb\xbfabc \xff {T}", "encoding"),
        (b"// only a comment {\n", "no_questions"),
    ],
)
def test_files_that_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_questions(data, "en")
    assert refused.value.why.code == code


def test_the_place_of_a_byte_that_no_encoding_knows() -> None:
    with pytest.raises(FileRefused) as refused:
        read_questions(b"Is it \x81? {T} \xff", "en")
    assert refused.value.why.values["place"] == 7
