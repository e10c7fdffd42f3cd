"""One language's view of the figures: words, names, numbers and days, written out. It computes nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from certificates.pdf.words import date

from ..figures.canonical import Figures
from .words import say

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, Language] = ("en", "es")
WITHHELD, MISSING = "[s]", "–"


@dataclass
class Edition:
    """The figures in one language, and how many figures and tables were numbered so far."""

    figures: Figures
    language: Language
    numbered: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0})

    def say(self, key: str, **values: str) -> str:
        """A text of the report."""
        return say(key, self.language, **values)

    def label(self, kind: Literal["figure", "table"]) -> str:
        """The next “Figure 3.”"""
        self.numbered[kind] += 1
        return self.say(kind, n=str(self.numbered[kind]))

    def again(self, label: str) -> str:
        """The same, where it goes on on a further page."""
        return self.say("goes_on", label=label.rstrip("."))

    def name(self, names: Mapping[str, str]) -> str:
        """A name in this language, its letters composed."""
        return unicodedata.normalize("NFC", names[self.language])

    def named(self, code: str) -> str:
        """A code, its letters composed."""
        return unicodedata.normalize("NFC", code)

    def day(self, iso: str) -> str:
        """A day, written out; a moment's day."""
        return date(iso[:10], self.language) if iso else MISSING

    def count(self, value: float | None, places: int = 0) -> str:
        """1,500 or 12.5; the sign of what is withheld for None."""
        return WITHHELD if value is None else number(value, places)

    def share(self, value: float | None, *, withheld: bool = False) -> str:
        """86.8%, or 86.8 % in Spanish; a dash for the share of nothing."""
        if withheld:
            return WITHHELD
        return MISSING if value is None else percent(value, self.language)

    def share_of(self, shown: Mapping[str, Any]) -> str:
        """The share of a count with both its numbers."""
        return self.share(shown["share"], withheld=shown["withheld"])

    def of(self, shown: Mapping[str, Any]) -> dict[str, str]:
        """Both numbers and the share of a count, to be put into a sentence."""
        numbers = {name: self.count(shown[name]) for name in ("part", "rest", "whole")}
        return numbers | {"share": self.share_of(shown)}

    @cached_property
    def order(self) -> list[int]:
        """The places of the Participants: the other one comes first in the other edition."""
        places = list(range(len(self.figures["participants"])))
        return places if self.language == "en" else places[::-1]

    def participants(self) -> list[dict[str, Any]]:
        """The Participants in the order of this edition."""
        return [self.figures["participants"][place] for place in self.order]

    def ordered(self, lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Lines from Participant to office, Participants in the order of this edition."""
        groups: list[list[dict[str, Any]]] = []
        for each in lines:
            if each["level"] == "participant" or not groups:
                groups.append([])
            groups[-1].append(each)
        return [each for group in (groups if self.language == "en" else groups[::-1]) for each in group]


def number(value: float, places: int = 0) -> str:
    """Both languages write numbers alike: 1,500 and 12.5, with a true minus."""
    return f"{value:,.{places}f}".replace("-", "−")


def percent(share: float, language: Language, places: int = 1) -> str:
    """86.8%; in Spanish with a no-break space before the sign."""
    return number(share * 100, places) + ("%" if language == "en" else "\u00a0%")
