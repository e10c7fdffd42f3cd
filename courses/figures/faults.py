"""What is wrong with a figure in its canonical form: words that do not fit, lines that draw nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .lettering import does_fit
from .shapes import WIDTH, Shape, ShapeNotReadable, shapes_of

LANGUAGES = ("en", "es")
Fault = tuple[str, str, str]
"""A code, the language that it is about or none, and what it names: a label or a line."""


def figure_faults(block: Mapping[str, Any]) -> Iterator[Fault]:
    """The faults that an author of a lesson can mend: a drawing that is not there, words too long for their place."""
    drawing = block.get("drawing")
    if not drawing:
        return
    if "shapes" not in drawing:
        yield "drawing_unknown", "", drawing["name"]
        return
    words = {label["id"]: label for label in block["labels"]}
    for shape in shapes_of(drawing["shapes"]):
        for language in LANGUAGES:
            texts = [words.get(label, {}).get(language, "") for label in shape.labels]
            if texts and not does_fit(shape, texts):
                yield "label_long", language, " / ".join(texts)


def drawing_faults(lines: Sequence[str], height: float, labels: Iterable[str]) -> Iterator[Fault]:
    """The faults of a source file: lines that draw nothing or outside, labels without a place or without words."""
    try:
        shapes = shapes_of(lines)
    except ShapeNotReadable as fault:
        yield "shape_unknown", "", str(fault)
        return
    shown, worded = {label for shape in shapes for label in shape.labels}, set(labels)
    for label in sorted(worded - shown):
        yield "label_without_place", "", label
    for label in sorted(shown - worded):
        yield "label_without_words", "", label
    for line, shape in zip(lines, shapes, strict=True):
        if not _is_within(shape, height):
            yield "shape_outside", "", line


def _is_within(shape: Shape, height: float) -> bool:
    if shape.kind == "box":
        x, y, wide, high = shape.numbers
        return x >= 0 and y >= 0 and x + wide <= WIDTH and y + high <= height
    if shape.kind == "circle":
        x, y, radius = shape.numbers
        return radius <= x <= WIDTH - radius and radius <= y <= height - radius
    return all(0 <= x <= WIDTH for x in shape.numbers[::2]) and all(0 <= y <= height for y in shape.numbers[1::2])
