"""What would keep somebody from a text: read where it is written, in both languages, before readers meet it.

Pure but for its sentences: canonical content in, problems out, each with a code. The success criteria
are those of WCAG 2.2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import completeness
from .completeness import Rest
from .figures.faults import figure_faults
from .side_by_side import pairs_of

LANGUAGES = ("en", "es")
FILE_NAME = re.compile(
    r"\.(?:png|jpe?g|gif|webp|avif|svg)\s*$|^(?:img|dsc|image|imagen|figura?|figure)[\s_-]*\d*$", re.IGNORECASE
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
EMPTY_WORDS = re.compile(
    r"\b(?:click here|read more|this link|haga clic aquí|clic aquí|dé clic aquí|este enlace)\b", re.IGNORECASE
)
SHOUTING = re.compile(r"(?:\b[^\W\d_a-zà-ÿ]{4,}\b[\s,.;:¡!¿?-]*){6,}")
LONGEST_ALTERNATIVE = 400

SENTENCES: dict[str, str | Promise] = {
    "alternative_missing": _(
        "The picture has no alternative text. Say what it shows, or what a reader learns from it."
    ),
    "alternative_is_file": _("The alternative text “%(text)s” is the name of a file. Say what the picture shows."),
    "alternative_long": _(
        "The alternative text has %(count)s characters; more than %(most)s are heard without a pause. Say the rest in "
        "the text."
    ),
    "alternative_repeats": _(
        "The alternative text repeats the caption, so it is heard twice. Say what the caption does not."
    ),
    "drawing_unknown": _("There is no drawing “%(text)s”. Choose another one, or none."),
    "label_long": _("The words “%(text)s” do not fit into their place in the drawing. Shorten them."),
    "heading_before": _(
        "A heading of level 3 stands before any heading of level 2. Make it level 2, or put one before it."
    ),
    "heading_empty": _(
        "Nothing stands below this heading before the next one of its level. Write it, or take it away."
    ),
    "id_repeated": _("The identifier “%(id)s” is used twice, so links lead to the first. Give one another."),
    "table_headless": _("The table has columns without a heading. Name each column."),
    "table_uneven": _("Row %(row)s of the table has %(cells)s cells and the table %(columns)s columns. Mend the row."),
    "table_nameless": _("The table has no caption. Say in a line what it shows."),
    "address_in_text": _("The text reads out the address %(text)s letter by letter. Name the source instead."),
    "words_say_nothing": _("“%(text)s” says nothing to whoever hears it alone. Name what is behind it."),
    "shouting": _("A passage is written in capitals, which screen readers may spell. Write it in small letters."),
    "picture_words_missing": _(
        "The picture shows words that stand nowhere else. Write them beside it, for whoever cannot read them there."
    ),
    "choices_alike": _("Two choices of a step are called “%(text)s”. Word them so that they can be told apart."),
    **completeness.SENTENCES,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where: the learning object, the number of the block or passage in it, the language if one."""

    object_code: str
    place: str
    language: str
    code: str
    values: tuple[tuple[str, object], ...] = ()

    @property
    def sentence(self) -> str:
        """What is wrong and how to mend it, in the reader's language."""
        return str(SENTENCES[self.code]) % dict(self.values)


def problems_of(content: Mapping[str, Any]) -> list[Problem]:
    """The problems of a course in its canonical form, in reading order; items with their quiz."""
    found: list[Problem] = []
    for lesson in content["lessons"]:
        found += problems_of_lesson(lesson)
    for thing in (*content.get("pre_assessment", {}).get("items", []), *content.get("exercises", [])):
        found += _passages(thing)
    for quiz in content["quizzes"]:
        found += _passages(quiz)
        for item in quiz["items"]:
            found += problems_of_item(item)
    return found


def problems_of_item(item: Mapping[str, Any]) -> list[Problem]:
    """The problems of an item in its canonical form."""
    pictures = [Problem(item["code"], "image", *rest) for rest in _words_in_picture(item.get("image") or {})]
    return [*_passages(item), *pictures]


def problems_of_lesson(lesson: Mapping[str, Any]) -> list[Problem]:
    """The problems of a lesson in its canonical form."""
    found = [*_headings(lesson), *_passages(lesson)]
    for number, block in enumerate(lesson["blocks"], start=1):
        for look in _LOOKS.get(block["type"], ()):
            found += [Problem(lesson["code"], str(number), *rest) for rest in look(block)]
    return found


def _headings(lesson: Mapping[str, Any]) -> Iterator[Problem]:
    """1.3.1, 2.4.6: levels in order, something below each, anchors that are one."""
    names: Counter[str] = Counter(block["id"] for block in lesson["blocks"] if block.get("id"))
    for name, times in names.items():
        if times > 1:
            yield Problem(lesson["code"], name, "", "id_repeated", (("id", name),))
    met_second, last = False, None
    for number, block in enumerate(lesson["blocks"], start=1):
        if block["type"] != "heading":
            last = None
            continue
        level = str(block["level"])
        if level == "3" and not met_second:
            yield Problem(lesson["code"], str(number), "", "heading_before")
        if last is not None and level <= last[1]:
            yield Problem(lesson["code"], str(last[0]), "", "heading_empty")
        met_second, last = met_second or level == "2", (number, level)
    if last is not None:
        yield Problem(lesson["code"], str(last[0]), "", "heading_empty")


def _passages(thing: Mapping[str, Any]) -> Iterator[Problem]:
    """2.4.4, 3.1.5: words that say something, addresses that are not read out, no shouting."""
    for number, texts in pairs_of(dict(thing)):
        for language in LANGUAGES:
            for code, pattern in (
                ("address_in_text", ADDRESS),
                ("words_say_nothing", EMPTY_WORDS),
                ("shouting", SHOUTING),
            ):
                if match := pattern.search(texts[language]):
                    yield Problem(thing["code"], number, language, code, (("text", match[0]),))


def figure_problems(block: Mapping[str, Any]) -> Iterator[Rest]:
    """1.1.1, 1.4.5: a text in the place of the picture, which is not its file's name nor its caption again; a drawing
    whose words stay in their places. Language, code and values of each problem."""
    for language in LANGUAGES:
        text = (block.get("alt") or {}).get(language, "").strip()
        if not text:
            yield language, "alternative_missing"
        elif FILE_NAME.search(text):
            yield language, "alternative_is_file", (("text", text),)
        elif len(text) > LONGEST_ALTERNATIVE:
            yield language, "alternative_long", (("count", len(text)), ("most", LONGEST_ALTERNATIVE))
        elif text == (block.get("caption") or {}).get(language, "").strip():
            yield language, "alternative_repeats"
    for code, language, name in figure_faults(block):
        yield language, code, (("text", name),)
    yield from _words_in_picture(block)


def _words_in_picture(picture: Mapping[str, Any]) -> Iterator[Rest]:
    """1.4.5: words that a picture shows stand beside it as well."""
    for language in LANGUAGES if picture.get("shows_text") else ():
        if not (picture.get("text") or {}).get(language, "").strip():
            yield language, "picture_words_missing"


def _table(block: Mapping[str, Any]) -> Iterator[Rest]:
    """1.3.1: a caption, a heading for each column, rows as wide as the heading."""
    header = block.get("header", [])
    for language in LANGUAGES:
        if not (block.get("caption") or {}).get(language, "").strip():
            yield language, "table_nameless"
        if not header or not all(cell.get(language, "").strip() for cell in header):
            yield language, "table_headless"
    for number, row in enumerate(block.get("rows", []), start=1):
        if len(row) != len(header):
            yield "", "table_uneven", (("row", number), ("cells", len(row)), ("columns", len(header)))


def _case(block: Mapping[str, Any]) -> Iterator[Rest]:
    """2.4.4: choices that are told apart."""
    for node in block.get("nodes", []):
        for language in LANGUAGES:
            names = Counter(choice["text"].get(language, "").strip() for choice in node.get("choices", []))
            for text, times in names.items():
                if text and times > 1:
                    yield language, "choices_alike", (("text", text),)


_LOOKS: dict[str, tuple[Callable[[Mapping[str, Any]], Iterator[Rest]], ...]] = {
    "audio": (completeness.audio,),
    "document": (completeness.document,),
    "figure": (figure_problems,),
    "image": (completeness.image, figure_problems),
    "list": (completeness.entries,),
    "quote": (completeness.quote,),
    "scenario": (_case,),
    "table": (_table,),
    "term": (completeness.term,),
    "video": (completeness.video,),
}
