"""Questions of other programs become items: first a plan with a line for each, then exactly that."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import transaction

from jobs.models import Job
from jobs.services import enqueue
from people import audit
from people.models import User

from ..freezing import item_content
from ..interchange.questions import FileRefused, Question, QuestionRefused, Reading, Refusal, Remark, bare
from ..interchange.reading import read_questions
from ..item_faults import faults_of
from ..locks import is_locked_for
from ..models import Item
from ..question_merging import code_of, laid_over
from ..question_messages import QuestionFileRefused
from .items import write_item

OUTCOMES = ("new", "changed", "unchanged", "refused")
IMPORTING = "courses.import_questions"
LARGE = 100
"""So many questions to write take longer than a page may: a job writes them."""

PIECE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """What happens to one question of the file: one of OUTCOMES, why, and the item as it will be."""

    line: int
    name: str
    code: str
    outcome: str
    remarks: tuple[Remark, ...] = ()
    content: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The format that was found and a row for each question, in the order of their lines; how many of them are looked
    up in the bank, that is without what cannot be read and what stands twice."""

    format: str
    rows: list[Row]
    distinct: int

    @property
    def counts(self) -> dict[str, int]:
        return {outcome: sum(1 for row in self.rows if row.outcome == outcome) for outcome in OUTCOMES}

    @property
    def to_write(self) -> list[Row]:
        return [row for row in self.rows if row.outcome in {"new", "changed"}]


def plan_import(*, data: bytes, language: str, category: str = "", by: User | None) -> ImportPlan:
    """What the file would change. Writes nothing; two queries, however many questions.

    Args:
        language: of the texts that do not mark their languages themselves.
        category: the code of the category for new items.

    Raises:
        QuestionFileRefused: the file cannot be read as a whole.
    """
    name, reading = _read(data, language)
    coded, rows = _coded(reading)
    rows += _judged(coded, category, by)
    return ImportPlan(name, sorted(rows, key=lambda row: row.line), len(coded))


@transaction.atomic
def apply_import(*, data: bytes, language: str, category: str = "", by: User | None) -> ImportPlan:
    """Write every new and changed question of the file as a draft; give what was done. All or nothing.

    The same file again changes nothing. A revision is kept of each item that is written.

    Raises:
        QuestionFileRefused: the file cannot be read as a whole.
    """
    with audit.gathering():
        plan = plan_import(data=data, language=language, category=category, by=by)
        for row in plan.to_write:
            assert row.content is not None
            write_item(content=row.content, by=by)
        if plan.to_write:
            _record(data, plan.format, language, plan.counts, by)
    return plan


@transaction.atomic
def enqueue_import(*, sha256: str, language: str, category: str, by: User) -> Job:
    """Ask for the import of a kept file (`courses.question_files`). The same one that still waits is one job."""
    params = {"sha256": sha256, "language": language, "category": category}
    return enqueue(kind=IMPORTING, params=params, by=by, key=f"{by.pk}:{sha256}:{language}:{category}")


def import_in_pieces(
    *, data: bytes, language: str, category: str, by: User, begin: int = 0, counts: Mapping[str, int] | None = None
) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Write a large file piece by piece, each in one transaction, so that nobody else waits for the whole.

    Yields after each piece how many pieces and how many questions are done, and the counts of outcomes so far: with
    them, another run goes on (`begin`, `counts`). Each piece is laid over the items as they are then. What is refused
    is left out, as in `apply_import`.

    Raises:
        QuestionFileRefused: the file cannot be read as a whole.
    """
    name, reading = _read(data, language)
    coded, refused = _coded(reading)
    pieces = list(batched(coded, PIECE))
    found = Counter(counts or {"refused": len(refused)})
    for number, piece in enumerate(pieces[begin:], start=begin + 1):
        with transaction.atomic(), audit.gathering():
            rows = _judged(piece, category, by)
            for row in rows:
                if row.outcome in {"new", "changed"}:
                    assert row.content is not None
                    write_item(content=row.content, by=by)
            found.update(row.outcome for row in rows)
            if number == len(pieces):
                _record(data, name, language, {outcome: found[outcome] for outcome in OUTCOMES}, by)
        yield number, len(piece), {outcome: found[outcome] for outcome in OUTCOMES}


def _read(data: bytes, language: str) -> tuple[str, Reading]:
    try:
        return read_questions(data, language)
    except FileRefused as refused:
        raise QuestionFileRefused(refused.why) from None


def _coded(reading: Reading) -> tuple[list[tuple[str, Question]], list[Row]]:
    """Each question once with its code; and the rows of those that are refused before any item is looked at."""
    first: dict[str, Question] = {}
    rows = [_refused(refusal) for refusal in reading.refusals]
    for question in reading.questions:
        code = code_of(question)
        if code in first:
            why = Remark("twice", {"code": code, "line": first[code].line})
            rows.append(Row(question.line, question.name, code, "refused", (why,)))
        else:
            first[code] = question
    return list(first.items()), rows


def _judged(coded: Sequence[tuple[str, Question]], category: str, by: User | None) -> list[Row]:
    """What becomes of each question, laid over the items as they are now. Two queries."""
    items = Item.objects.select_related("category", "scenario", "image").filter(code__in=[code for code, _ in coded])
    known = {item.code: item for item in items}
    return [
        _locked(code, question)
        if code in known and is_locked_for(known[code], by)
        else _row(code, question, item_content(known[code]) if code in known else None, category)
        for code, question in coded
    ]


def _locked(code: str, question: Question) -> Row:
    return Row(question.line, question.name, code, "refused", (Remark("locked", {"code": code}),))


def _record(data: bytes, name: str, language: str, counts: Mapping[str, int], by: User | None) -> None:
    told = {"sha256": hashlib.sha256(data).hexdigest(), "format": name, "language": language}
    audit.record("courses.items.imported", None, by=by, data={**told, **counts})


def _refused(refusal: Refusal) -> Row:
    return Row(refusal.line, refusal.name, "", "refused", (refusal.why,))


def _row(code: str, question: Question, old: dict[str, Any] | None, category: str) -> Row:
    start = {"code": code, "level": "remember", "lessons": [], "rationale": {}, "category": category}
    try:
        content = laid_over(old, question.content) if old else start | question.content
    except QuestionRefused as refused:
        return Row(question.line, question.name, code, "refused", (refused.why,))
    if faults := faults_of(content):
        why = tuple(Remark("fault", {"sentence": fault.sentence}) for fault in faults)
        return Row(question.line, question.name, code, "refused", why)
    outcome = "new" if old is None else "unchanged" if bare(old) == bare(content) else "changed"
    return Row(question.line, question.name, code, outcome, question.remarks, content)
