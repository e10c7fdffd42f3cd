"""Turns canonical content into what a lesson's template shows, in one language.

Pure: canonical content in, plain values and safe HTML out. Markdown may hold no HTML of its own. Kept by content
hash, lesson and language, since none of the three can change.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import override
from markdown_it import MarkdownIt

from people.bilingual import choose

from .content import content_of
from .figures.svg import svg_of
from .shelf import library_address
from .showing import Address, file_shown, picture_shown, tracks_shown

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["emphasis", "list", "newline", "escape"])
_TERM = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]*))?\]\]")
WITH_FILES = {"image", "audio", "video", "document"}
_MARK = re.compile("\ue000(\\d+)\ue001")
_FOLLOWED = re.compile(r'(<button class="term"[^>]*>[^<]*</button>)((?:[,.;:!?)\]»”]|[’\']s?)+)')
"""A term and the signs behind it: a browser may break a line after any button, and no line begins with a comma."""


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term of the page: where its pop-up lies, and both languages' words."""

    id: str
    title: str
    definition: str
    en: str
    es: str


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson in one language. Each block is a dictionary with its `type`; texts of paragraphs are safe HTML."""

    blocks: list[dict[str, Any]]
    headings: list[dict[str, str]]  # id, text
    terms: list[Term]
    sources: list[dict[str, Any]]  # tag, reference, year; en, es, url where said


@lru_cache(maxsize=1024)
def lesson_text(sha256: str, lesson_slug: str, language: str) -> LessonText:
    """The text of a lesson of a frozen course in a language."""
    content = content_of(sha256)
    with override(language):
        files = reverse("lesson", args=[content.data["slug"], lesson_slug]) + "files/"
    return render_lesson(
        content.lessons[lesson_slug], content.data["glossary"], language, address=lambda name: files + name
    )


def render_lesson(lesson: dict[str, Any], glossary: dict[str, Any], language: str, *, address: Address) -> LessonText:
    """The text of a canonical lesson in a language, with its files at the addresses that `address` gives."""
    words = _Words(glossary, language, address)
    blocks = [words.block(block) for block in lesson["blocks"]]
    headings = [{"id": b["id"], "text": b["text"]} for b in blocks if b["type"] == "heading" and b["level"] == "2"]
    return LessonText(blocks, headings, list(words.terms.values()), lesson["sources"])


def blocks_with_files(thing: dict[str, Any], glossary: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The blocks of a canonical lesson that show a file, for those who read it before it is published; none of a course
    or a quiz."""
    blocks = [block for block in thing.get("blocks", []) if block["type"] in WITH_FILES]
    return render_lesson({"blocks": blocks, "sources": []}, glossary, language, address=library_address).blocks


def without_popups(text: str, glossary: dict[str, Any], language: str) -> SafeString:
    """One text of the canonical form in a language, its glossary terms set apart but not to be opened."""
    return _PlainWords(glossary, language, str).paragraphs(text)


def drawn(figure: dict[str, Any], language: str) -> SafeString:
    """The drawing of a canonical figure as SVG in a language; empty when it has none, or its drawing is gone."""
    drawing = figure.get("drawing") or {}
    if "shapes" not in drawing:
        return SafeString()
    words = {label["id"]: choose(label, language) for label in figure["labels"]}
    svg = svg_of(drawing["shapes"], drawing["height"], words, choose(figure.get("alt", {}), language))
    return mark_safe(svg)  # noqa: S308 (numbers and checked commands, and words that are escaped)


class _Words:
    """Renders the texts of one lesson in one language and remembers which terms it met."""

    _LINES = frozenset({"title", "caption", "credit", "name", "source"})

    def __init__(self, glossary: dict[str, Any], language: str, address: Address) -> None:
        self.glossary = glossary
        self.language = language
        self.address = address
        self.terms: dict[str, Term] = {}

    def block(self, block: dict[str, Any]) -> dict[str, Any]:
        kind = block["type"]
        rest = {key: value for key, value in block.items() if key not in {"type", "en", "es"}}
        shown = {key: self._value(key, value) for key, value in rest.items()}
        if kind == "heading":
            shown |= {"text": choose(block, self.language), "level": str(block["level"])}
        elif kind == "prose":
            shown["html"] = self.paragraphs(choose(block, self.language))
        elif kind == "table":
            shown |= {
                "header": [self._line(cell) for cell in block["header"]],
                "rows": [[self._line(cell) for cell in row] for row in block["rows"]],
            }
        elif kind == "figure":
            words = [choose(label, self.language) for label in block.get("labels", [])]
            shown |= {"svg": drawn(block, self.language), "words": words}
        elif kind == "term":
            shown |= self._agreed(block)
        elif kind in WITH_FILES:
            shown |= self._files(block)
        elif kind == "scenario":
            shown["nodes"] = {node["id"]: node for node in shown["nodes"]}
        return {"type": kind, **shown}

    def _agreed(self, block: dict[str, Any]) -> dict[str, Any]:
        """A term of the glossary as a block: both names, the definition in the page's language."""
        term = block.get("term", {"name": {}, "definition": {}})
        definition = choose(term["definition"], self.language)
        return {"names": term["name"], "definition": definition, "language": self.language}

    def _files(self, block: dict[str, Any]) -> dict[str, Any]:
        """The files of a block as a page shows them; a draft may lack them."""
        shown: dict[str, Any] = {
            name: picture_shown(block[name], self.address) for name in ("image", "poster") if name in block
        }
        shown |= {name: file_shown(block[name], self.address) for name in ("medium", "document") if name in block}
        if "captions" in block:
            shown |= {"captions": "", "tracks": tracks_shown(block["captions"], self.language, self.address)}
        return shown

    def _value(self, key: str, value: Any) -> Any:
        if key == "alt":
            return choose(value, self.language)
        if isinstance(value, dict) and value.keys() <= {"en", "es"}:
            return self._line(value) if key in self._LINES else self.paragraphs(choose(value, self.language))
        if isinstance(value, dict) and "en" in value:
            rest = {k: self._value(k, v) for k, v in value.items() if k not in {"en", "es"}}
            return {**rest, "html": self._line(value)}
        if isinstance(value, dict):
            return {k: self._value(k, v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._value(key, part) for part in value]
        return value

    def _line(self, pair: dict[str, str]) -> SafeString:
        return self._render(choose(pair, self.language), inline=True)

    def paragraphs(self, text: str) -> SafeString:
        return self._render(text, inline=False)

    def _render(self, text: str, *, inline: bool) -> SafeString:
        found: list[str] = []

        def keep(match: re.Match[str]) -> str:
            found.append(self._term(match[1].strip(), match[2]))
            return f"\ue000{len(found) - 1}\ue001"

        marked = _TERM.sub(keep, text)
        markup = _MARKDOWN.renderInline(marked) if inline else _MARKDOWN.render(marked)
        markup = _MARK.sub(lambda match: found[int(match[1])], markup)
        together = _FOLLOWED.sub(r'<span class="together">\1\2</span>', markup)
        return mark_safe(together)  # noqa: S308 (Markdown escapes, terms are escaped)

    def _term(self, name: str, words: str | None) -> str:
        entry = self.glossary.get(name)
        shown = html.escape(words or (entry["term"][self.language] if entry else name))
        if not entry:
            return shown
        term_id = f"g-{slugify(name)}"
        self.terms[term_id] = Term(
            term_id,
            entry["term"][self.language],
            choose(entry["definition"], self.language),
            entry["term"]["en"],
            entry["term"]["es"],
        )
        return f'<button class="term" type="button" popovertarget="{term_id}" aria-haspopup="dialog">{shown}</button>'


class _PlainWords(_Words):
    def _term(self, name: str, words: str | None) -> str:
        entry = self.glossary.get(name)
        return f"<em>{html.escape(words or (entry['term'][self.language] if entry else name))}</em>"
