"""Editions: what they hold, what differs from the one before, who has decided what."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from courses.content import objects_of
from courses.models import FrozenCourse
from courses.rendering import blocks_with_files
from courses.selectors import overdue_sources
from courses.side_by_side import rows_of
from people import clock
from people.access import may, right_required
from people.bilingual import active
from people.models import Participant, User
from people.roles import Right

from ..access import may_see_sources
from ..difference_rows import shown as shown_rows
from ..differences import differences, differences_of
from ..models import Curriculum, CurriculumEdition, DecisionRecord
from ..services.editions import missing_approvals

State = CurriculumEdition.State


@right_required(Right.READ_CURRICULA)
def edition_list(request: HttpRequest) -> HttpResponse:
    """All editions, newest first."""
    editions = (
        CurriculumEdition.objects.select_related("curriculum")
        .prefetch_related("approvals__participant")
        .order_by("-proposed_at")
    )
    boards = Curriculum.objects.order_by("code")
    published = CurriculumEdition.objects.filter(curriculum=OuterRef("pk"), state=State.PUBLISHED)
    curricula = (
        boards.annotate(can_be_corrected=Exists(published))
        if may(request.user, Right.AUTHOR)
        else Curriculum.objects.none()
    )
    context = {"editions": editions, "curricula": curricula, "boards": boards}
    return render(request, "curricula/edition_list.html", context)


@right_required(Right.READ_CURRICULA)
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition: its courses, what differs from the one before, and both Participants' decisions."""
    shown = get_object_or_404(CurriculumEdition.objects.select_related("curriculum__owner", "proposed_by"), pk=pk)
    courses, before = _courses_of(shown), CurriculumEdition.objects.before(shown)
    old = _courses_of(before)
    approvals = {a.participant_id: a for a in shown.approvals.select_related("participant", "approver")}
    decisions: list[dict[str, Any]] = [
        {"participant": participant, "approval": approvals.get(participant.pk)}
        for participant in Participant.objects.on(clock.today())
    ]
    context = {
        "edition": shown,
        "courses": [
            {
                "course": c,
                "lessons": len(c.content["lessons"]),
                "objects": objects_of(c.content),
                "items": sum(len(q["items"]) for q in c.content["quizzes"]),
            }
            for c in courses
        ],
        "before": before,
        "differences": shown_rows(differences([c.content for c in old], [c.content for c in courses]))
        if before
        else [],
        "decisions": decisions,
        "requests": shown.change_requests.select_related("participant", "requested_by"),
        "decision_record": DecisionRecord.objects.filter(edition=shown).first(),
        "object_codes": _readable_codes(courses),
        "overdue": overdue_sources(lesson["code"] for c in courses for lesson in c.content["lessons"]),
        "may_see_sources": may_see_sources(request.user),
        **_ways(cast("User", request.user), shown, approvals.keys()),
    }
    return render(request, "curricula/edition.html", context)


@right_required(Right.READ_CURRICULA)
def edition_object(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A learning object exactly as the edition holds it: both languages beside each other, keys included."""
    shown = get_object_or_404(CurriculumEdition.objects.select_related("curriculum", "proposed_by"), pk=pk)
    contents = [course.content for course in _courses_of(shown)]
    places = _learning_objects(contents)
    position = next((n for n, (_, thing) in enumerate(places) if thing["code"] == code), None)
    if position is None:
        raise Http404
    course, thing = places[position]
    before = CurriculumEdition.objects.before(shown)
    old = [course.content for course in _courses_of(before)]
    known = next((t for _, t in _learning_objects(old) if t["code"] == code), {}) if before else None
    context = {
        "edition": shown,
        "before": before,
        "course": course,
        "thing": thing,
        "rows": rows_of(thing, course["glossary"], known),
        "files": blocks_with_files(thing, course["glossary"], active()),
        "differences": shown_rows(differences_of(code, old, contents)) if before else [],
        "requests": shown.change_requests.filter(object_code=code).select_related("participant", "requested_by"),
        "previous": places[position - 1][1] if position else None,
        "next": places[position + 1][1] if position + 1 < len(places) else None,
        **_ways(cast("User", request.user), shown, ()),
    }
    return render(request, "curricula/edition_object.html", context)


def _ways(person: User, shown: CurriculumEdition, approved: Any) -> dict[str, bool]:
    """What this person may do with the edition now."""
    is_open = shown.state in {State.CANDIDATE, State.CHANGES_REQUESTED}
    speaks = may(person, Right.APPROVE) and person.participant_id is not None
    is_own_side = shown.proposed_by is None or shown.proposed_by.participant_id == person.participant_id
    is_proposer = shown.proposed_by_id == person.pk
    return {
        "may_approve": shown.state == State.CANDIDATE
        and speaks
        and not is_proposer
        and person.participant_id not in approved,
        "is_proposer": is_proposer and speaks and shown.state == State.CANDIDATE,
        "may_request": is_open and speaks,
        "may_withdraw": is_open and may(person, Right.AUTHOR) and is_own_side,
        "may_publish": shown.state == State.CANDIDATE and may(person, Right.PUBLISH) and not missing_approvals(shown),
    }


def _courses_of(edition: CurriculumEdition | None) -> list[FrozenCourse]:
    if edition is None:
        return []
    return [place.course for place in edition.edition_courses.select_related("course").order_by("position")]


def _learning_objects(contents: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each learning object with its course, in reading order."""
    return [(content, thing) for content in contents for thing in (content, *objects_of(content))]


def _readable_codes(courses: list[FrozenCourse]) -> list[str]:
    return [thing["code"] for _, thing in _learning_objects([course.content for course in courses])]
