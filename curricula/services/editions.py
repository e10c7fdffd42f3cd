"""Editions: proposed from drafts, approved by both Participants, published in one act."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Revision

from courses import publication
from courses.freezing import sha256_of
from courses.models import CoursePage, ExercisePage, FrozenCourse, LessonPage, QuizPage
from people import audit, clock
from people.models import User

from ..decision_facts import facts_of
from ..exceptions import ApprovalsMissing, ContentChanged, NotACandidate
from ..gathering import digest_of
from ..models import CurriculumEdition, DecisionRecord
from .approving import approve_edition, missing_approvals, request_changes
from .letters import tell_of_publication
from .proposing import propose_correction, propose_edition, withdraw_edition
from .states import record_states

__all__ = [
    "approve_edition",
    "missing_approvals",
    "propose_correction",
    "propose_edition",
    "publish_edition",
    "request_changes",
    "withdraw_edition",
]

State = CurriculumEdition.State


@transaction.atomic
def publish_edition(*, edition: CurriculumEdition, by: User | None) -> CurriculumEdition:
    """Publish an edition that every Participant has approved: all its pages, in both languages, in one transaction.

    The only road on which pages of shared curricula go live. Running cohorts keep their own edition. The facts of the
    decision are frozen with it. Holds the edition's row.

    Raises:
        NotACandidate, ApprovalsMissing (which Participants), ContentChanged.
    """
    edition = (
        CurriculumEdition.objects.select_for_update(of=("self",))
        .select_related("curriculum__owner", "proposed_by")
        .get(pk=edition.pk)
    )
    if edition.state != State.CANDIDATE:
        raise NotACandidate(number=edition.label)
    if missing := missing_approvals(edition):
        raise ApprovalsMissing(number=edition.label, missing=", ".join(participant.code for participant in missing))
    courses = [place.course for place in edition.edition_courses.select_related("course").order_by("position")]
    if digest_of(edition.curriculum, [course.content for course in courses]) != edition.sha256:
        raise ContentChanged(number=edition.label)
    with audit.gathering():
        with publication.open_gate():
            for course in courses:
                _publish_course(course, by)
        live = CurriculumEdition.objects.filter(curriculum=edition.curriculum, state=State.PUBLISHED)
        superseded = list(live)
        live.update(state=State.SUPERSEDED)
        edition.state, edition.published_at = State.PUBLISHED, clock.now()
        edition.save(update_fields=["state", "published_at"])
        facts = facts_of(edition, courses, superseded[0] if superseded else None, by)
        DecisionRecord.objects.create(
            edition=edition, facts=facts, sha256=sha256_of(facts), recorded_at=edition.published_at
        )
        tell_of_publication(edition=edition)
        record_states("curricula.edition.superseded", superseded, State.PUBLISHED, State.SUPERSEDED, by=by)
        record_states("curricula.edition.published", [edition], State.CANDIDATE, State.PUBLISHED, by=by)
    return edition


def _publish_course(course: FrozenCourse, by: User | None) -> None:
    """Exactly the revisions that were frozen, not the latest ones."""
    page = CoursePage.objects.get(code=course.code)
    pages = [page, *LessonPage.objects.child_of(page), *QuizPage.objects.child_of(page)]
    drills = [exercise["code"] for exercise in course.content.get("exercises", [])]
    pages += ExercisePage.objects.filter(code__in=drills)
    revisions = Revision.objects.in_bulk([course.revisions[p.code] for p in pages if p.code in course.revisions])
    for each in pages:
        if each.code in course.revisions:
            revisions[course.revisions[each.code]].publish(user=by)
    CoursePage.objects.filter(pk=page.pk).update(published=course)
