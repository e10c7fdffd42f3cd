"""What readers give and writers take: questions in canonical form, remarks and refusals with codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

LANGUAGES = ("en", "es")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TRUE = {"en": "True", "es": "Verdadero"}
FALSE = {"en": "False", "es": "Falso"}
KEYS = ("kind", "stem", "options", "number", "pairs", "distractors", "gaps", "rationale")
"""What of the canonical form the formats can hold."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A code with its values; the edge makes a sentence of it."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was read. `identity` is the stable name that the file gives it, empty if it gives none."""

    line: int
    name: str
    identity: str
    category: str
    content: dict[str, Any]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that was not read, and why."""

    line: int
    name: str
    why: Remark


@dataclass(slots=True)
class Reading:
    """What a file holds, in the order of its lines."""

    questions: list[Question] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


class FileRefused(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, code: str, /, **values: object) -> None:
        self.why = Remark(code, values)
        super().__init__(code)


class QuestionRefused(Exception):
    """One question cannot be taken."""

    def __init__(self, code: str, /, **values: object) -> None:
        self.why = Remark(code, values)
        super().__init__(code)


def letters(parts: Iterable[Mapping[str, Any]], *, after: int = 0) -> list[dict[str, Any]]:
    """The parts, each with the letter of its place.

    Raises:
        QuestionRefused: there are more parts than letters.
    """
    rows = list(parts)
    if after + len(rows) > len(LETTERS):
        raise QuestionRefused("too_many_parts", most=len(LETTERS))
    return [{**row, "letter": LETTERS[place]} for place, row in enumerate(rows, start=after)]


def number_text(text: str) -> str:
    """A decimal number in plain writing, such as `12.5` for `1.25e1` or `12,50`.

    Raises:
        QuestionRefused: it is none, or larger or finer than an item can hold.
    """
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise QuestionRefused("no_number", value=text.strip()[:40]) from None
    if not number.is_finite() or abs(number) >= 10**10 or number != round(number, 4):
        raise QuestionRefused("number_out_of_range", value=text.strip()[:40])
    return format(number.normalize() + 0, "f")


def bare(content: Mapping[str, Any], languages: Iterable[str] = LANGUAGES) -> dict[str, Any]:
    """A canonical item reduced to what the formats hold, in these languages, lettered by place, without what is empty.

    Two items are the same question when their bare forms are equal.
    """
    dropped = set(LANGUAGES) - set(languages)
    kept: dict[str, Any] = _kept({key: content[key] for key in KEYS if key in content}, dropped)
    for key in ("options", "pairs"):
        if key in kept:
            kept[key] = letters(kept[key])
    if "distractors" in kept:
        kept["distractors"] = letters(kept["distractors"], after=len(kept.get("pairs", [])))
    kept["options"] = [{"correct": False, **option} for option in kept.get("options", [])]
    for gap in kept.get("gaps", []):
        if "choices" in gap:
            gap["choices"] = letters({"correct": False, **choice} for choice in gap["choices"])
    if "number" in kept:
        kept["number"] = {key: number_text(kept["number"].get(key, "0")) for key in ("answer", "tolerance")}
    return {key: part for key, part in kept.items() if part}


def _kept(part: Any, dropped: set[str]) -> Any:
    if isinstance(part, Mapping):
        parts = {key: _kept(value, dropped) for key, value in part.items() if key not in dropped}
        return {key: value for key, value in parts.items() if value not in (None, "", [], {})}
    if isinstance(part, (list, tuple)):
        return [_kept(value, dropped) for value in part]
    return part.strip().replace("\r\n", "\n") if isinstance(part, str) else part


def choice_content(options: list[dict[str, Any]], *, several: bool) -> dict[str, Any]:
    """Kind and options of a choice question; `several` may be right together.

    Raises:
        QuestionRefused: too few options, or none or too many of them right.
    """
    right = sum(1 for option in options if option["correct"])
    if len(options) < 2:
        raise QuestionRefused("too_few_options")
    if any(not any(option.get(language) for language in LANGUAGES) for option in options):
        raise QuestionRefused("empty_option")
    if not right:
        raise QuestionRefused("no_key")
    if right > 1 and not several:
        raise QuestionRefused("several_keys", count=right)
    return {"kind": "multiple" if several else "single", "options": letters(options)}


def true_false_content(right: bool, feedback: tuple[dict[str, str], dict[str, str]]) -> dict[str, Any]:
    """Kind and options of a true-or-false question; its two words are known in both languages."""
    true = {**TRUE, "correct": right, **({"feedback": feedback[0]} if feedback[0] else {})}
    false = {**FALSE, "correct": not right, **({"feedback": feedback[1]} if feedback[1] else {})}
    return {"kind": "true_false", "options": letters([true, false])}


def matching_content(pairs: list[tuple[dict[str, str], dict[str, str]]]) -> dict[str, Any]:
    """Kind, pairs and further right sides; a right side without a left one belongs to nothing.

    Raises:
        QuestionRefused: fewer than two pairs.
    """
    whole = [{"left": left, "right": right} for left, right in pairs if left and right]
    if len(whole) < 2:
        raise QuestionRefused("too_few_pairs")
    content: dict[str, Any] = {"kind": "matching", "pairs": letters(whole)}
    alone = letters([right for left, right in pairs if right and not left], after=len(whole))
    return content | ({"distractors": alone} if alone else {})


def accepted_content(answers: list[dict[str, str]]) -> dict[str, Any]:
    """Kind and the one gap of a question that is answered in writing.

    Raises:
        QuestionRefused: no answer counts.
    """
    accepted = {code: [answer[code] for answer in answers if answer.get(code)] for code in LANGUAGES}
    accepted = {code: lines for code, lines in accepted.items() if lines}
    if not accepted:
        raise QuestionRefused("no_key")
    return {"kind": "gap", "gaps": [{"number": 1, "accepted": accepted}]}


def answers_in_all(accepted: Mapping[str, list[str]]) -> list[dict[str, str]]:
    """The answers that count, those of the same place in both languages together."""
    most = max((len(lines) for lines in accepted.values()), default=0)
    return [{code: lines[place] for code, lines in accepted.items() if place < len(lines)} for place in range(most)]


def written_and_left(
    items: Iterable[Mapping[str, Any]],
    languages: tuple[str, ...],
    question_of: Callable[[str, dict[str, Any]], str],
    reads_as: Callable[[str, Mapping[str, Any], tuple[str, ...]], bool],
) -> tuple[list[str], list[str]]:
    """Each item as a question of a format, and the codes of those that would not come back from it the same."""
    written: list[str] = []
    left_out: list[str] = []
    for item in items:
        question = question_of(str(item["code"]), bare(item, languages))
        if question and reads_as(question, item, languages):
            written.append(question)
        else:
            left_out.append(str(item["code"]))
    return written, left_out
