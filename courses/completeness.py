"""What a block lacks before it can be proposed: its file, the words that stand for what is seen or heard, its source.

Pure but for its sentences: blocks in canonical form in, findings out; `courses.accessibility` reads them with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.uploads.media import FILM_ENDINGS, MEDIA_ENDINGS, SOUND_ENDINGS

from .captions import SENTENCES as CAPTION_SENTENCES
from .captions import fault_in

LANGUAGES = ("en", "es")

SENTENCES: dict[str, str | Promise] = {
    "file_missing": _("The block has no file. Choose one from the library, or take the block away."),
    "file_unfit": _("The file “%(file)s” is of another kind than its block. Choose a file that fits."),
    "title_missing": _("The file has no title. Say in a line what it is."),
    "transcript_missing": _("There is no transcript. Write down everything that is said and heard."),
    "captions_missing": _(
        "The video has no captions. Paste a WebVTT file with what is said and heard; "
        "for a silent film, with what is shown."
    ),
    "quote_missing": _("The quoted words are missing. Write them, or take the block away."),
    "source_missing": _("The quotation has no source. Say who says it and where."),
    "entries_missing": _("The list has an entry without words. Write it, or take it away."),
    "term_missing": _("The block has no term. Choose one of the glossary, or take the block away."),
    "definition_missing": _("The glossary does not define the term “%(term)s” yet. Write the definition there."),
    **{f"captions_{code}": sentence for code, sentence in CAPTION_SENTENCES.items()},
}

Rest = tuple[str, str] | tuple[str, str, tuple[tuple[str, object], ...]]
Block = Mapping[str, Any]


def _lacks(block: Block, part: str, code: str) -> Iterator[Rest]:
    for language in LANGUAGES:
        if not (block.get(part) or {}).get(language, "").strip():
            yield language, code


def _file(block: Block, part: str, endings: frozenset[str] | None = None) -> Iterator[Rest]:
    name = block.get(part, {}).get("file", "")
    ending = PurePath(name).suffix.removeprefix(".")
    if not name:
        yield "", "file_missing"
    elif ending not in endings if endings else ending in MEDIA_ENDINGS:
        yield "", "file_unfit", (("file", name),)


def image(block: Block) -> Iterator[Rest]:
    """1.1.1: its alternative text is read elsewhere."""
    if not block.get("image"):
        yield "", "file_missing"


def audio(block: Block) -> Iterator[Rest]:
    """1.2.1: a transcript in both languages; captions when there are any."""
    yield from _file(block, "medium", SOUND_ENDINGS)
    yield from _spoken(block)


def video(block: Block) -> Iterator[Rest]:
    """1.2.2, 1.2.3: captions and a transcript in both languages."""
    yield from _file(block, "medium", FILM_ENDINGS)
    yield from _lacks(block, "captions", "captions_missing")
    yield from _spoken(block)


def _spoken(block: Block) -> Iterator[Rest]:
    yield from _lacks(block, "title", "title_missing")
    yield from _lacks(block, "transcript", "transcript_missing")
    for language, text in block.get("captions", {}).items():
        if fault := fault_in(text):
            yield language, f"captions_{fault.code}", (("line", fault.line),)


def document(block: Block) -> Iterator[Rest]:
    """2.4.4: a title says what the link leads to."""
    yield from _file(block, "document")
    yield from _lacks(block, "title", "title_missing")


def quote(block: Block) -> Iterator[Rest]:
    """Somebody's words, and whose."""
    yield from _lacks(block, "text", "quote_missing")
    yield from _lacks(block, "source", "source_missing")


def entries(block: Block) -> Iterator[Rest]:
    """1.3.1: no empty points."""
    for language in LANGUAGES:
        found = block.get("entries", [])
        if not found or not all(entry.get(language, "").strip() for entry in found):
            yield language, "entries_missing"


def term(block: Block) -> Iterator[Rest]:
    """3.1.3: a term with its definition."""
    if not block.get("term"):
        yield "", "term_missing"
        return
    for language in LANGUAGES:
        if not block["term"]["definition"].get(language, "").strip():
            yield language, "definition_missing", (("term", block["term"]["name"][language]),)
