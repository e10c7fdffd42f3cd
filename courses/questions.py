"""A question between its frozen form and a page: what is shown, and what a form of the page says.

Where letters would give the key away, the page holds places instead: the number of a side or an option in the order
that was drawn for this attempt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from people.bilingual import choose

from .geometry import is_within, read_point, rows_of, zone_at, zones_of
from .item_faults import GAP
from .scoring import key_of, parts_of, right_parts
from .shelf import library_address

Content = Mapping[str, Any]


def read_form(item: Content, place: Content, form: QueryDict) -> list[str]:
    """What the form says of an item, with the letters of the item; not yet checked (see `scoring.read_answer`)."""
    name = f"item-{item['code']}"
    fields = {number: form.get(f"{name}.{number}", "").strip() for number in _numbers(item, place)}
    given = {number: value for number, value in fields.items() if value}
    if item["kind"] == "gap":
        return [f"{number}={value}" for number, value in given.items()]
    if item["kind"] == "ordering":
        return [f"{_letter(place['options'], number)}={value}" for number, value in given.items()]
    if item["kind"] == "matching":
        return [
            f"{_letter(place['lefts'], number)}={_letter(place['options'], value)}" for number, value in given.items()
        ]
    return form.getlist(name)


def question_shown(
    item: Content, place: Content, position: int, given: Sequence[str], *, with_key: bool
) -> dict[str, Any]:
    """A question as a page shows it. The key is in it only with `with_key`, that is after the attempt was handed in."""
    by_letter = {option["letter"]: option for option in item.get("options", [])}
    options = []
    for letter in place["options"] if by_letter and item["kind"] != "ordering" else []:
        option = {"letter": letter, "text": choose(by_letter[letter]), "chosen": letter in given}
        if with_key:
            option |= {
                "right": bool(by_letter[letter].get("correct")),
                "feedback": choose(by_letter[letter].get("feedback", {})),
            }
        options.append(option)
    question = {
        "position": position,
        "code": item["code"],
        "kind": item["kind"],
        "stem": choose(item["stem"]),
        "options": options,
        "given": given[0] if item["kind"] == "numeric" and given else "",
        "answered": bool(given),
        "scenario": item.get("scenario"),
    }
    if with_key:
        question |= {
            "key": item.get("number", {}).get("answer", ""),
            "chosen_texts": [option["text"] for option in options if option["chosen"]],
            "right_texts": [option["text"] for option in options if option["right"]],
            "tells_others": any(option["feedback"] and not option["chosen"] for option in options),
        }
    return question | parts_shown(item, place, given, with_key=with_key)


def parts_shown(item: Content, place: Content, answer: Sequence[str], *, with_key: bool) -> dict[str, Any]:
    """What a page shows of the parts of an item, with what was given; the key only after handing in."""
    shown = {"matching": _matching, "ordering": _ordering, "gap": _gaps, "hotspot": _hotspot}.get(item["kind"])
    return shown(item, place, answer, with_key) if shown else {}


def _numbers(item: Content, place: Content) -> list[str]:
    if item["kind"] == "gap":
        return [str(gap["number"]) for gap in item["gaps"]]
    sides = place["lefts"] if item["kind"] == "matching" else place["options"]
    return [str(number) for number in range(1, len(sides) + 1)]


def _letter(letters: Sequence[str], number: str) -> str:
    """The letter in that place of the order drawn; what is no such place stays and is refused later."""
    is_place = number.isdecimal() and len(number) < 3 and 1 <= int(number) <= len(letters)
    return letters[int(number) - 1] if is_place else f"?{number[:9]}"


def _matching(item: Content, place: Content, answer: Sequence[str], with_key: bool) -> dict[str, Any]:
    pairs = {pair["letter"]: pair for pair in item["pairs"]}
    texts = {letter: choose(pair["right"]) for letter, pair in pairs.items()}
    texts |= {row["letter"]: choose(row) for row in item.get("distractors", [])}
    given, right = parts_of(answer), right_parts(item, answer)
    parts = []
    for number, letter in enumerate(place["lefts"], start=1):
        choices = [
            {"value": n, "text": texts[other], "chosen": given.get(letter) == other}
            for n, other in enumerate(place["options"], start=1)
        ]
        part = {"number": number, "text": choose(pairs[letter]["left"]), "choices": choices}
        part["given"] = texts.get(given.get(letter, ""), "")
        if with_key:
            feedback = choose(pairs[letter].get("feedback", {}))
            part |= {"right": letter in right, "key": texts[letter], "feedback": feedback}
        parts.append(part)
    return {"parts": parts, "rights": [texts[letter] for letter in place["options"]]}


def _ordering(item: Content, place: Content, answer: Sequence[str], with_key: bool) -> dict[str, Any]:
    options = {option["letter"]: option for option in item["options"]}
    given, right, key = parts_of(answer), right_parts(item, answer), parts_of(key_of(item))
    parts = []
    for number, letter in enumerate(place["options"], start=1):
        value = given.get(letter, "")
        places = [{"value": n, "text": n, "chosen": value == str(n)} for n in range(1, len(options) + 1)]
        part = {"number": number, "text": choose(options[letter]), "choices": places, "given": value}
        if with_key:
            feedback = choose(options[letter].get("feedback", {}))
            part |= {"right": letter in right, "key": key[letter], "feedback": feedback}
        parts.append(part)
    return {"parts": sorted(parts, key=lambda part: int(part["key"])) if with_key else parts}


def _gaps(item: Content, place: Content, answer: Sequence[str], with_key: bool) -> dict[str, Any]:
    """`pieces`: the stem cut at its gaps, each piece a text or a part."""
    given, right = parts_of(answer), right_parts(item, answer)
    by_number = {}
    for gap in item["gaps"]:
        number = str(gap["number"])
        texts = {choice["letter"]: choose(choice) for choice in gap.get("choices", [])}
        value = given.get(number, "")
        letters = place["gaps"].get(number, [])
        choices = [{"value": letter, "text": texts[letter], "chosen": letter == value} for letter in letters]
        part: dict[str, Any] = {"number": number, "choices": choices, "given": texts.get(value, value)}
        if with_key:
            feedback = {choice["letter"]: choose(choice.get("feedback", {})) for choice in gap.get("choices", [])}
            part |= {"right": number in right, "key": _right_words(gap), "feedback": feedback.get(value, "")}
        by_number[number] = part
    cut = re.split(GAP, choose(item["stem"]))
    pieces = [by_number[piece] if n % 2 and piece in by_number else {"words": piece} for n, piece in enumerate(cut)]
    return {"pieces": pieces, "parts": list(by_number.values()), "stem": GAP.sub("____", choose(item["stem"]))}


def _right_words(gap: Content) -> str:
    if choices := gap.get("choices"):
        return next((choose(choice) for choice in choices if choice.get("correct")), "")
    accepted = gap["accepted"]
    return choose({language: " · ".join(words) for language, words in accepted.items()})


def _hotspot(item: Content, _place: Content, answer: Sequence[str], with_key: bool) -> dict[str, Any]:
    image = item["image"]
    rows = rows_of(image["width"], image["height"])
    chosen = zone_at(answer[0], rows) if answer else None
    shown: dict[str, Any] = {
        "picture": library_address(image["file"]),
        "alt": choose(image["alt"]),
        "picture_text": choose(image["text"]) if image.get("shows_text") else "",
        "width": image["width"],
        "height": image["height"],
        "zones": [{"zone": zone, "chosen": zone == chosen} for zone in zones_of(rows)],
        "chosen": chosen,
    }
    if with_key:
        shown["regions"] = [choose(region["label"]) for region in item["regions"] if region.get("correct")]
        right = key_of(item)
        shown["key_zone"] = zone_at(right[0], rows) if right else None
        shown["place"] = _place_of(item, answer)
    return shown


def _place_of(item: Content, answer: Sequence[str]) -> dict[str, str] | None:
    """The place of the picture in which the answer lies: what is there, and the feedback for whoever chose it."""
    if not answer:
        return None
    point = read_point(answer[0])
    for region in item["regions"]:
        if is_within(point, region["points"]):
            return {"label": choose(region["label"]), "feedback": choose(region.get("feedback", {}))}
    return None
