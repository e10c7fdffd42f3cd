"""What keeps an item from being answered or marked, said at the field that mends it. Pure but for its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .geometry import corners_of, rows_of, zones_within

Content = Mapping[str, Any]
GAP = re.compile(r"\{(\d+)\}")
STREAMS = {"matching": "pairs", "gap": "gaps", "hotspot": "regions"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A stable code, the field of `courses.Item` where it is mended, and a sentence in the reader's language."""

    code: str
    field: str
    sentence: str


def faults_of(content: Content) -> list[Fault]:
    """The faults of an item in its canonical form, none when it can be answered and marked.

    A text that is missing in one language is no fault here: a draft may wait for its translation.
    """
    kind = content["kind"]
    check = {"numeric": _number, "matching": _matching, "ordering": _ordering, "gap": _gaps, "hotspot": _hotspot}
    return [*_stem(content), *_letters(content), *check.get(kind, _options)(content)]


def _stem(content: Content) -> Iterator[Fault]:
    if not any(content["stem"].values()):
        yield Fault("no_question", "stem_en", _("Write the question in one language at least."))


def _letters(content: Content) -> Iterator[Fault]:
    field = STREAMS.get(content["kind"], "options")
    parts = [*content.get(field, []), *content.get("distractors", [])]
    names = [part["letter"] if "letter" in part else part.get("number") for part in parts]
    if twice := [str(name) for name, times in Counter(names).items() if times > 1]:
        sentence = _("Each part needs a letter or number of its own. Used twice: %(names)s.")
        yield Fault("same_letter", field, sentence % {"names": ", ".join(twice)})


def _options(content: Content) -> Iterator[Fault]:
    options = content.get("options", [])
    right = sum(1 for option in options if option.get("correct"))
    if len(options) < 2:
        yield Fault("too_few_options", "options", _("Offer two options at least."))
    elif content["kind"] == "true_false" and len(options) > 2:
        yield Fault("too_many_options", "options", _("True or false has two options. Remove the others."))
    if content["kind"] == "multiple" and not right:
        yield Fault("no_key", "options", _("Mark the right options."))
    if content["kind"] != "multiple" and right != 1:
        sentence = _("Mark exactly one option as right; %(count)s are marked. For several, choose another kind.")
        yield Fault("several_keys" if right else "no_key", "options", sentence % {"count": right})


def _number(content: Content) -> Iterator[Fault]:
    number = content.get("number", {})
    if number.get("answer") in (None, "", "None"):
        yield Fault("no_key", "number_answer", _("Write the right number."))
    if Decimal(number.get("tolerance", "0").replace("None", "0")) < 0:
        sentence = _("The tolerance is how far an answer may lie from the right number. Write 0 or more.")
        yield Fault("negative_tolerance", "number_tolerance", sentence)


def _matching(content: Content) -> Iterator[Fault]:
    if len(content.get("pairs", [])) < 2:
        yield Fault("too_few_pairs", "pairs", _("Write two pairs at least."))


def _ordering(content: Content) -> Iterator[Fault]:
    if len(content.get("options", [])) < 2:
        yield Fault("too_few_options", "options", _("Write two options at least, in the right order."))


def _gaps(content: Content) -> Iterator[Fault]:
    gaps = content.get("gaps", [])
    numbers = sorted(gap["number"] for gap in gaps)
    if not gaps:
        yield Fault("no_gaps", "gaps", _("Describe the gaps that the question marks with {1}, {2} …"))
        return
    for language in ("en", "es"):
        text = content["stem"].get(language)
        if text and sorted(int(number) for number in GAP.findall(text)) != numbers:
            sentence = _("This text must mark each gap once, as it is described below: %(gaps)s.")
            wanted = " ".join(f"{{{number}}}" for number in numbers)
            yield Fault("gaps_differ", f"stem_{language}", sentence % {"gaps": wanted})
    for gap in gaps:
        choices = gap.get("choices", [])
        right = sum(1 for choice in choices if choice.get("correct"))
        values = {"number": gap["number"]}
        if choices and (len(choices) < 2 or right != 1):
            sentence = _("Gap %(number)s needs two choices at least, and exactly one of them right.")
            yield Fault("gap_choices", "gaps", sentence % values)
        if not choices and not gap.get("accepted"):
            sentence = _("Gap %(number)s needs choices, or answers that count when they are written.")
            yield Fault("gap_without_key", "gaps", sentence % values)
        names = [choice["letter"] for choice in choices]
        if len(names) != len(set(names)):
            sentence = _("Gap %(number)s uses a letter twice. Give each choice a letter of its own.")
            yield Fault("same_letter", "gaps", sentence % values)


def _hotspot(content: Content) -> Iterator[Fault]:
    image, regions = content.get("image", {}), content.get("regions", [])
    if not image.get("file"):
        yield Fault("no_picture", "image", _("Choose the picture."))
    if not any(image.get("alt", {}).values()):
        yield Fault("no_alternative", "alt_en", _("Describe the picture in words, without giving the answer away."))
    unreadable = [region["letter"] for region in regions if not _is_shape(region["points"])]
    if unreadable:
        sentence = _(
            "Write the corners as percent of width and height within the picture, from 0 to 100, such as "
            "12,40 30,65. To be mended: %(letters)s."
        )
        yield Fault("outside_picture", "regions", sentence % {"letters": get_text_list(unreadable, _("and"))})
    right = [region for region in regions if region.get("correct")]
    if not right:
        yield Fault("no_key", "regions", _("Mark the right place."))
    if not unreadable and image.get("width"):
        rows = rows_of(image["width"], image["height"])
        small = [region["letter"] for region in right if not zones_within(region["points"], rows)]
        if small:
            sentence = _(
                "Officers choose one of the squares of a grid. Make the place large enough to hold the middle of a "
                "square: %(letters)s."
            )
            yield Fault("place_too_small", "regions", sentence % {"letters": get_text_list(small, _("and"))})


def _is_shape(points: list[str]) -> bool:
    try:
        corners_of(points)
    except ValueError:
        return False
    return True
