"""Language use: in which language officers read and answer."""

from __future__ import annotations

import numpy as np

from ..snapshots.schema import LANGUAGES
from .frame import Count, Frame, distinct

EN, ES = LANGUAGES.index("en"), LANGUAGES.index("es")


def lessons_by_language(frame: Frame) -> dict[str, int]:
    """Lessons completed by the cut-off, by the language in which they were completed."""
    return {"en": int(frame.records["lessons_en"].sum()), "es": int(frame.records["lessons_es"].sum())}


def attempts_by_language(frame: Frame) -> dict[str, int]:
    """Attempts handed in during the period, by the language at their start."""
    mask = frame.within(frame.attempts["submitted_on"])
    return {
        "en": int(np.count_nonzero(mask & (frame.attempts["language"] == EN))),
        "es": int(np.count_nonzero(mask & (frame.attempts["language"] == ES))),
    }


def both_languages(frame: Frame) -> Count:
    """Persons who completed lessons or handed in attempts in both languages, of those who started (both-languages)."""
    r, a = frame.records, frame.attempts
    english = np.union1d(r["person"][r["lessons_en"] > 0], a["person"][a["language"] == EN])
    spanish = np.union1d(r["person"][r["lessons_es"] > 0], a["person"][a["language"] == ES])
    return Count(len(np.intersect1d(english, spanish)), distinct(r["person"][r["started_on"] >= 0]))
