"""The registry of metrics: what each figure counts, of what, from where, in both languages, with a version.

A change of what a figure counts is a new version of its definition and of the set (`DEFINITIONS`);
the old figure keeps its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Pair = tuple[str, str]
"""English, Spanish."""

DEFINITIONS = "2026.1"
"""The version of the set of definitions, printed in each report."""

CUT_OFF: Pair = (
    "at the cut-off, the last day of the period (UTC)",
    "a la fecha de corte, el último día del periodo (UTC)",
)
PERIOD: Pair = ("from the first to the last day of the period (UTC)", "del primer al último día del periodo (UTC)")
NO_CAVEAT: Pair = ("", "")


@dataclass(frozen=True, slots=True)
class Definition:
    """One metric. `denominator` is empty for a count; `formula` is the same in both languages."""

    id: str
    version: str
    name: Pair
    definition: Pair
    formula: str
    unit: Pair
    numerator: Pair
    denominator: Pair
    population: Pair
    time: Pair
    source: Pair
    caveat: Pair

    @property
    def label(self) -> str:
        """Id and version, as printed beside a figure."""
        return f"{self.id} {self.version}"


def registry() -> dict[str, Definition]:
    """All definitions by id, in the order of the report."""
    from .definitions import ALL

    return {definition.id: definition for definition in ALL}


def definition(metric: str) -> Definition:
    """One definition; KeyError for an unknown id."""
    return registry()[metric]


def reference(language: int) -> Iterator[str]:
    """The registry as lines of Markdown in one language: 0 for English, 1 for Spanish."""
    words: tuple[tuple[str, Pair], ...] = (
        ("formula", ("Formula", "Fórmula")),
        ("unit", ("Unit", "Unidad")),
        ("numerator", ("Numerator", "Numerador")),
        ("denominator", ("Denominator", "Denominador")),
        ("population", ("Population", "Población")),
        ("time", ("Time", "Tiempo")),
        ("source", ("Source", "Fuente")),
        ("caveat", ("Caution", "Advertencia")),
    )
    for entry in registry().values():
        yield f"### {entry.name[language]}\n"
        yield f"`{entry.label}`\n"
        yield f"{entry.definition[language]}\n"
        for field, heading in words:
            value = getattr(entry, field)
            text = f"`{value}`" if field == "formula" else value[language]
            if text and text != "``":
                yield f"- **{heading[language]}**: {text}"
        yield ""
