"""Whether agreed terms are rendered as agreed: what one language says by a term, the other should say by its partner.

The rule. A term is looked for as whole words, whatever their case, accents, plural or gender; several renderings are
separated by `/` or `;`. Looked for are terms of two and more words, and single English words of seven letters and more
to which the glossary adds no sense in parentheses: others are everyday words with many right translations. A passage
is flagged when it holds a term and the other language has less than half of the words of any partner, counted by
their beginnings (so that *import* and *importer of record* agree) and without words that stand everywhere (customs,
goods). A term that authors mark (`[[seal]]`) is shown in its agreed form by itself and is never flagged.

Pure: canonical content and glossary in, flags out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .side_by_side import pairs_of

PARENTHESES = re.compile(r"\s*\([^)]*\)")
MARKED = re.compile(r"\[\[[^\]]*\]\]")
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_SINGLE_WORD, BEGINNING = 7, 5
EVERYWHERE = {"custo", "aduan", "goods", "merca", "perso", "ofici", "offic"}
"""Beginnings of words that say nothing about a term: every passage has them."""
SMALL_WORDS = {"a", "al", "and", "by", "de", "del", "e", "el", "en", "for", "in", "la", "las", "los", "of", "on", "or",
               "para", "por", "the", "to", "y"}  # fmt: skip
OTHER = {"en": "es", "es": "en"}

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A term of the glossary, by language: what to look for as stems, what to be content with as beginnings."""

    names: dict[str, str]
    renderings: dict[str, tuple[Stems, ...]]
    partners: dict[str, tuple[frozenset[str], ...]]


@dataclass(frozen=True, slots=True)
class TermFlag:
    """A passage that says `term` in `language` and does not say `expected` in the other one."""

    object_code: str
    number: str  # of the passage, as `side_by_side` counts
    language: str
    term: str
    expected: str


def agreed_terms(glossary: Iterable[Mapping[str, Any]]) -> list[Agreed]:
    """The terms that the check looks for, from rows with `en` and `es`; longer ones first."""
    found = []
    for row in glossary:
        renderings = {language: tuple(_renderings(row[language], language)) for language in OTHER}
        partners = {language: tuple(_partners(row[language])) for language in OTHER}
        if any(renderings.values()):
            found.append(Agreed({language: row[language] for language in OTHER}, renderings, partners))
    return sorted(found, key=lambda term: -max(len(stems) for each in term.renderings.values() for stems in each))


def terminology_flags(things: Iterable[Mapping[str, Any]], terms: list[Agreed]) -> list[TermFlag]:
    """The flags of learning objects in their canonical form (lessons, quizzes), in reading order."""
    return [flag for thing in things for flag in _flags_of(thing, terms)]


def _flags_of(thing: Mapping[str, Any], terms: list[Agreed]) -> Iterator[TermFlag]:
    for number, texts in pairs_of(dict(thing)):
        bare = {language: MARKED.sub(" ", text) for language, text in texts.items()}
        if not all(bare.values()):
            continue
        beginnings = {language: _beginnings(WORD.findall(_plain(text))) for language, text in texts.items()}
        said = {language: stems_of(text) for language, text in bare.items()}
        covered: dict[str, set[int]] = {language: set() for language in OTHER}
        for term in terms:
            for language, other in OTHER.items():
                places = _places(said[language], term.renderings[language]) - covered[language]
                if not places:
                    continue
                covered[language] |= places
                if _is_rendered(term.partners[other], beginnings[other]) or _is_marked(term, texts[other]):
                    continue
                yield TermFlag(thing["code"], number, language, term.names[language], term.names[other])


def stems_of(text: str) -> Stems:
    """The words of a text, small words left out, each cut to what plural and gender leave of it."""
    return tuple(_stem(word) for word in WORD.findall(_plain(text)) if word not in SMALL_WORDS)


def _renderings(cell: str, language: str) -> Iterator[Stems]:
    """The renderings in a cell of the glossary that are long enough to be looked for."""
    may_be_one_word = language == "en" and PARENTHESES.search(cell) is None
    for part in _parts(PARENTHESES.sub("", cell)):
        stems = stems_of(part)
        is_long = part.isalpha() and len(part) >= SHORTEST_SINGLE_WORD
        if len(stems) > 1 or (stems and is_long and may_be_one_word):
            yield stems


def _partners(cell: str) -> Iterator[frozenset[str]]:
    """The beginnings of the words of each rendering; what stands in parentheses, often an abbreviation, counts too."""
    for part in [*_parts(PARENTHESES.sub("", cell)), *(found.strip(" ()") for found in PARENTHESES.findall(cell))]:
        if words := _beginnings(WORD.findall(_plain(part))):
            yield words


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[/;]", cell)]


def _beginnings(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:BEGINNING] for word in words if word not in SMALL_WORDS) - EVERYWHERE


def _is_rendered(partners: tuple[frozenset[str], ...], said: frozenset[str]) -> bool:
    return not partners or any(2 * len(words & said) >= len(words) for words in partners)


def _places(words: Stems, renderings: tuple[Stems, ...]) -> set[int]:
    """The positions of the words that say one of the renderings."""
    return {
        place
        for stems in renderings
        if stems[0] in words
        for start in range(len(words) - len(stems) + 1)
        if words[start : start + len(stems)] == stems
        for place in range(start, start + len(stems))
    }


def _is_marked(term: Agreed, text: str) -> bool:
    return any(name.split("|")[0].strip() == term.names["en"] for name in re.findall(r"\[\[([^\]]+)\]\]", text))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    for ending in ("iones", "ion", "ies", "mente", "es", "os", "as", "s", "o", "a", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _plain(text: str) -> str:
    """Lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
