"""Questions of other programs become items: first a plan with a line for each, then exactly that."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from people import audit
from people.models import User

from ..freezing import item_content
from ..interchange.questions import FileRefused, Question, QuestionRefused, Refusal, Remark, bare
from ..interchange.reading import read_questions
from ..item_faults import faults_of
from ..models import Item
from ..question_merging import code_of, laid_over
from ..question_messages import QuestionFileRefused
from .items import write_item

OUTCOMES = ("new", "changed", "unchanged", "refused")


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
    """The format that was found and a row for each question, in the order of their lines."""

    format: str
    rows: list[Row]

    @property
    def counts(self) -> dict[str, int]:
        return {outcome: sum(1 for row in self.rows if row.outcome == outcome) for outcome in OUTCOMES}

    @property
    def to_write(self) -> list[Row]:
        return [row for row in self.rows if row.outcome in {"new", "changed"}]


def plan_import(*, data: bytes, language: str, category: str = "", by: User) -> ImportPlan:
    """What the file would change. Writes nothing; two queries, however many questions.

    Args:
        language: of the texts that do not mark their languages themselves.
        category: the code of the category for new items.

    Raises:
        QuestionFileRefused: the file cannot be read as a whole.
    """
    try:
        name, reading = read_questions(data, language)
    except FileRefused as refused:
        raise QuestionFileRefused(refused.why) from None
    coded = [(code_of(question), question) for question in reading.questions]
    known = {
        item.code: item_content(item)
        for item in Item.objects.select_related("category", "scenario", "image").filter(code__in=[c for c, _ in coded])
    }
    first_lines: dict[str, int] = {}
    rows = [_refused(refusal) for refusal in reading.refusals]
    for code, question in coded:
        if code in first_lines:
            why = Remark("twice", {"code": code, "line": first_lines[code]})
            rows.append(Row(question.line, question.name, code, "refused", (why,)))
            continue
        first_lines[code] = question.line
        rows.append(_row(code, question, known.get(code), category))
    return ImportPlan(name, sorted(rows, key=lambda row: row.line))


@transaction.atomic
def apply_import(*, data: bytes, language: str, category: str = "", by: User) -> ImportPlan:
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
            told = {"sha256": hashlib.sha256(data).hexdigest(), "format": plan.format, "language": language}
            audit.record("courses.items.imported", None, by=by, data=told | plan.counts)
    return plan


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
