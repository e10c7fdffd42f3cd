"""Everything that keeps drafts from being proposed as an edition: each obstacle with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Comment

from courses.accessibility import problems_of
from courses.exceptions import CourseError
from courses.freezing import require_blueprint
from courses.gain import items_of
from courses.item_faults import faults_of
from courses.models import ExercisePage, Item, LessonPage, QuizPage
from courses.parity import missing_texts
from courses.practice import practice_faults
from courses.selectors import open_pairs
from courses.side_by_side import LABELS

from .gathering import KINDS, Gathered

BLOCK = re.compile(r"^blocks\[(\d+)\]")

SENTENCES: dict[str, str | Promise] = {
    "missing": gettext_lazy("The text is missing in one language."),
    "stale": gettext_lazy("The other language has changed since. Change this text or confirm that it still stands."),
    "comment": gettext_lazy("A comment is not resolved."),
    "no_steps": gettext_lazy("The practical exercise has no steps."),
    "no_courses": gettext_lazy("The curriculum has no courses."),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a candidate from being gathered: which object, where in it, and the address at which to mend it."""

    kind: str
    code: str
    address: str
    path: str = ""
    language: str = ""
    values: tuple[int, int] = (0, 0)
    said: str = ""
    label: str = ""

    @property
    def sentence(self) -> str:
        """What is in the way, in the reader's language."""
        if self.said:
            return self.said
        if self.kind == "too_few_items":
            return _("The quiz draws %(drawn)s items and has %(held)s.") % {
                "drawn": self.values[0], "held": self.values[1],
            }  # fmt: skip
        return str(SENTENCES.get(self.kind, self.kind))

    @property
    def where(self) -> str:
        """The place within the object, such as `Callout › Title 4`."""
        if self.label:
            return self.label
        parts = [part for part in re.split(r"[.\[\]]+", self.path) if part and part not in {"en", "es", "blocks"}]
        return " › ".join(part if part.isdigit() else str(LABELS.get(part, part)) for part in parts)


def obstacles_of(gathered: list[Gathered], corrected: Iterable[str] = ()) -> list[Obstacle]:
    """All obstacles of the gathered courses in reading order. Constant queries for each course.

    Comments count where they stand on what is gathered: for a correction, on what it corrects.
    """
    if not gathered:
        return [Obstacle("no_courses", "", reverse("wagtailsnippets_curricula_curriculum:list"))]
    found: list[Obstacle] = []
    for course in gathered:
        found += _Course(course, set(corrected)).obstacles()
    return found


class _Course:
    """The obstacles of one course, with the addresses of its pages and items."""

    def __init__(self, gathered: Gathered, corrected: set[str]) -> None:
        self.content, self.page, self.corrected = gathered.content, gathered.page, corrected
        self.pages: dict[str, Any] = {self.page.code: self.page}
        for kind in (LessonPage, QuizPage):
            children = kind.objects.child_of(self.page).select_related("latest_revision")  # type: ignore[attr-defined]
            self.pages |= {child.code: child for child in children}
        drills = [exercise["code"] for exercise in self.content.get("exercises", [])]
        self.pages |= {one.code: one for one in ExercisePage.objects.filter(code__in=drills)}
        codes = [item["code"] for quiz in self.content["quizzes"] for item in quiz["items"]]
        codes += [item["code"] for item in items_of(self.content)]
        self.types = {
            lesson["code"]: [block["type"] for block in lesson["blocks"]] for lesson in self.content["lessons"]
        }
        self.items = dict(Item.objects.filter(code__in=codes).values_list("code", "pk"))

    def obstacles(self) -> Iterator[Obstacle]:
        own = {key: value for key, value in self.content.items() if key not in {*KINDS, "glossary", "pre_assessment"}}
        yield from self._pairs(own)
        for lesson in self.content["lessons"]:
            yield from self._pairs(lesson)
            for number, block in enumerate(lesson["blocks"], start=1):
                yield from self._practice(lesson["code"], f"blocks[{number}]", block)
        yield from self._items(items_of(self.content))
        for exercise in self.content.get("exercises", []):
            yield from self._pairs(exercise)
            if not exercise["steps"]:
                yield self._at("no_steps", exercise["code"], "")
        for quiz in self.content["quizzes"]:
            yield from self._pairs({key: value for key, value in quiz.items() if key != "items"})
            drawn, held = quiz["rules"]["items_drawn"], len(quiz["items"])
            if held < drawn or not held:
                yield Obstacle("too_few_items", quiz["code"], self._address(quiz["code"]), values=(drawn, held))
            yield from self._blueprint(quiz)
            yield from self._items(quiz["items"])
        yield from self._accessibility()
        yield from self._stale()
        yield from self._comments()

    def _items(self, items: list[dict[str, Any]]) -> Iterator[Obstacle]:
        for item in items:
            yield from self._pairs(item)
            for fault in faults_of(item):
                yield replace(self._at(fault.code, item["code"], ""), said=fault.sentence)

    def _practice(self, code: str, path: str, block: dict[str, Any]) -> Iterator[Obstacle]:
        for kind, sentence in practice_faults(block):
            yield replace(self._at(kind, code, path), said=sentence)

    def _blueprint(self, quiz: dict[str, Any]) -> Iterator[Obstacle]:
        try:
            require_blueprint(quiz)
        except CourseError as refusal:
            yield Obstacle("blueprint", quiz["code"], self._address(quiz["code"]), said=str(refusal))

    def _accessibility(self) -> Iterator[Obstacle]:
        for problem in problems_of(self.content):
            number = re.match(r"\d+", problem.place) if problem.object_code in self.types else None
            path = f"blocks[{number[0]}]" if number else ""
            yield replace(self._at("accessibility", problem.object_code, path, problem.language), said=problem.sentence)

    def _stale(self) -> Iterator[Obstacle]:
        """Missing texts are found in what is gathered, so that nothing that is frozen lacks one."""
        for pair in open_pairs([self.page]):
            if pair.state.startswith("stale") and (not self.corrected or pair.object_code in self.corrected):
                yield Obstacle("stale", pair.object_code, pair.address, language=pair.language, label=pair.label)

    def _pairs(self, thing: dict[str, Any]) -> Iterator[Obstacle]:
        for path in missing_texts(thing):
            yield self._at("missing", thing["code"], path, path.rsplit(".", 1)[-1])

    def _comments(self) -> Iterator[Obstacle]:
        pages = {p.pk: code for code, p in self.pages.items() if not self.corrected or code in self.corrected}
        for pk, page in (
            Comment.objects.filter(page__in=pages, resolved_at=None).values_list("pk", "page").order_by("pk")
        ):
            yield Obstacle("comment", pages[page], f"{self._address(pages[page])}?comment={pk}")

    def _at(self, kind: str, code: str, path: str, language: str = "") -> Obstacle:
        """In a lesson the block is called by its type and its number, such as `callout[4]`."""
        block = BLOCK.match(path)
        number = int(block[1]) if block else 0
        types = self.types.get(code, [])
        shown = BLOCK.sub(f"{types[number - 1]}[{number}]", path) if 0 < number <= len(types) else path
        return Obstacle(kind, code, self._address(code, path), shown, language)

    def _address(self, code: str, path: str = "") -> str:
        """Where to mend it: the editor, and in a lesson the very block."""
        if code not in self.pages:
            return reverse("wagtailsnippets_courses_item:edit", args=[self.items[code]])
        address = reverse("wagtailadmin_pages:edit", args=[self.pages[code].pk])
        block = BLOCK.match(path)
        if not block:
            return address
        body = self.pages[code].get_latest_revision_as_object().body
        number = int(block[1]) - 1
        return f"{address}#block-{body[number].id}-section" if number < len(body) else address
