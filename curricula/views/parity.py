"""The parity board of a curriculum: where a language is missing or stale, and how texts go out and come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from courses.models import CoursePage
from courses.selectors import LearningObject, address_of_pair, days_open, learning_objects
from courses.services.renderings import export_renderings, import_renderings
from people import clock
from people.access import may, right_required
from people.bilingual import other
from people.exceptions import DomainError
from people.limits import limited
from people.models import User
from people.roles import Right

from ..forms import ParityFilter, RenderingsForm
from ..models import Curriculum


@dataclass(frozen=True, slots=True)
class Line:
    """A learning object on the board; `address` leads to its first open passage."""

    thing: LearningObject
    pairs: int
    confirmed: int
    percent: int
    missing: int
    stale: int
    languages: list[str]
    days: int
    address: str


@right_required(Right.READ_CURRICULA)
@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """Every learning object of the latest drafts, the longest open first. A constant number of queries."""
    curriculum = get_object_or_404(Curriculum, code=code)
    things = learning_objects(_courses_of(curriculum))
    form = ParityFilter(request.GET, things=things, reader=cast("User", request.user))
    lines = [_line(thing) for thing in things if form.lets_through(thing)]
    lines.sort(key=lambda line: -line.days)
    pairs = [pair for thing in things for pair in thing.pairs]
    stale = sum(pair.is_stale for pair in pairs)
    opened = sum(pair.is_open for pair in pairs)
    context = {
        "curriculum": curriculum,
        "form": form,
        "lines": lines,
        "total": len(pairs),
        "stale": stale,
        "missing": opened - stale,
        "confirmed": len(pairs) - opened,
        "percent": _percent(len(pairs) - opened, len(pairs)),
        "may_write": may(request.user, Right.AUTHOR),
    }
    return render(request, "curricula/parity_board.html", context, status=200 if form.is_valid() else 400)


@right_required(Right.AUTHOR)
@require_safe
@limited("courses.renderings", methods=("GET",))
def export(request: HttpRequest, code: str, source: str) -> HttpResponse:
    """What waits for the other language, as a PO file."""
    curriculum = get_object_or_404(Curriculum, code=code)
    data = export_renderings(pages=_courses_of(curriculum), source=source, by=cast("User", request.user))
    response = HttpResponse(data, content_type="text/x-gettext-translation; charset=utf-8")
    name = f"{curriculum.code}-{source}-{other(source)}-{clock.today():%Y-%m-%d}.po"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@right_required(Right.AUTHOR)
@limited("courses.renderings")
def import_file(request: HttpRequest, code: str) -> HttpResponse:
    """Take a rendered PO file back, and say of each entry what became of it."""
    curriculum = get_object_or_404(Curriculum, code=code)
    form = RenderingsForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"curriculum": curriculum, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "curricula/renderings_form.html", context)
    try:
        outcomes = import_renderings(
            pages=_courses_of(curriculum), data=form.cleaned_data["file"].read(), by=cast("User", request.user)
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("curricula:renderings_import", code)
    order = ("refused", "imported", "unchanged")
    context["outcomes"] = sorted(outcomes, key=lambda outcome: order.index(outcome.state))
    context |= {state: sum(outcome.state == state for outcome in outcomes) for state in order}
    return render(request, "curricula/renderings_report.html", context)


def _courses_of(curriculum: Curriculum) -> list[CoursePage]:
    places = curriculum.courses.select_related("course__owner", "course__latest_revision__user")
    return [place.course for place in places.defer("course__latest_revision__content").order_by("sort_order")]


def _line(thing: LearningObject) -> Line:
    opened = thing.open_pairs
    stale = sum(pair.is_stale for pair in opened)
    return Line(
        thing=thing,
        pairs=len(thing.pairs),
        confirmed=len(thing.pairs) - len(opened),
        percent=_percent(len(thing.pairs) - len(opened), len(thing.pairs)),
        missing=len(opened) - stale,
        stale=stale,
        languages=sorted({pair.language for pair in opened}),
        days=max((days_open(pair) for pair in opened), default=-1),
        address=address_of_pair(thing.address, opened[0]) if opened else thing.address,
    )


def _percent(part: int, whole: int) -> int:
    """Rounded down: nothing is whole before it is."""
    return 100 * part // whole if whole else 100
