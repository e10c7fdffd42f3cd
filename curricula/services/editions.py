"""Editions: proposed from drafts, approved by both Participants, published in one act."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max
from wagtail.models import Revision

from courses import publication
from courses.freezing import course_content, freeze_course, sha256_of
from courses.models import CoursePage, FrozenCourse, LessonPage, QuizPage
from people import audit, clock
from people.audit import Deed
from people.models import Participant, User

from ..exceptions import (
    ApprovalsMissing,
    ApprovalWithoutParticipant,
    ApprovedAlready,
    ContentChanged,
    NoChange,
    NotACandidate,
)
from ..models import Approval, Curriculum, CurriculumEdition, EditionCourse

State = CurriculumEdition.State


@transaction.atomic
def propose_edition(*, curriculum: Curriculum, by: User | None) -> CurriculumEdition:
    """Freeze the drafts of a curriculum into a new candidate. An earlier candidate falls away with its approvals.

    Holds the curriculum's row.

    Raises:
        ContentIncomplete: a text is missing in one language. NoChange: nothing differs from the published edition, or
            from the candidate that waits; that one keeps its approvals.
    """
    curriculum = Curriculum.objects.select_for_update().get(pk=curriculum.pk)
    pages = [
        place.course for place in curriculum.courses.select_related("course__latest_revision").order_by("sort_order")
    ]
    frozen = [freeze_course(page) for page in pages]
    digest = sha256_of({"curriculum": curriculum.code, "courses": [course.sha256 for course in frozen]})
    alike = curriculum.editions.filter(state__in=[State.PUBLISHED, State.CANDIDATE], sha256=digest)
    if same := alike.order_by("number").last():
        raise NoChange(curriculum=curriculum.title, number=same.number)
    fallen = list(curriculum.editions.filter(state=State.CANDIDATE))
    curriculum.editions.filter(state=State.CANDIDATE).update(state=State.WITHDRAWN)
    last = curriculum.editions.aggregate(last=Max("number"))["last"] or 0
    edition = CurriculumEdition.objects.create(
        curriculum=curriculum, number=last + 1, sha256=digest, proposed_by=by, proposed_at=clock.now()
    )
    EditionCourse.objects.bulk_create(
        [EditionCourse(edition=edition, course=course, position=n) for n, course in enumerate(frozen, start=1)]
    )
    with audit.gathering():
        _record_states("curricula.edition.fell_away", fallen, State.CANDIDATE, State.WITHDRAWN, by=by)
        audit.record("curricula.edition.proposed", edition, by=by, data={"sha256": digest})
    return edition


@transaction.atomic
def approve_edition(*, edition: CurriculumEdition, by: User) -> Approval:
    """Say yes for the own Participant. The database keeps one Participant and one person from counting twice.

    Raises:
        NotACandidate, ApprovalWithoutParticipant, ApprovedAlready.
        ContentChanged: the drafts moved on since it was proposed.
    """
    edition = CurriculumEdition.objects.select_for_update(of=("self",)).select_related("curriculum").get(pk=edition.pk)
    if edition.state != State.CANDIDATE:
        raise NotACandidate(number=edition.number)
    if by.participant is None:
        raise ApprovalWithoutParticipant
    if _digest_of_drafts(edition.curriculum) != edition.sha256:
        raise ContentChanged(number=edition.number)
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                edition=edition, participant=by.participant, approver=by, sha256=edition.sha256, decided_at=clock.now()
            )
    except IntegrityError:
        raise ApprovedAlready(participant=by.participant.code) from None
    audit.record(
        "curricula.edition.approved",
        edition,
        by=by,
        data={"participant": by.participant.code, "sha256": edition.sha256},
    )
    return approval


def missing_approvals(edition: CurriculumEdition) -> list[Participant]:
    """Participants that have not approved exactly this content."""
    given = edition.approvals.filter(sha256=edition.sha256).values("participant")
    return list(Participant.objects.on(clock.today()).exclude(pk__in=given))


@transaction.atomic
def publish_edition(*, edition: CurriculumEdition, by: User | None) -> CurriculumEdition:
    """Publish an edition that every Participant has approved: all its pages, in both languages, in one transaction.

    The only road on which pages of shared curricula go live. Running cohorts keep their own edition.

    Raises:
        NotACandidate, ApprovalsMissing (which Participants), ContentChanged.
    """
    edition = CurriculumEdition.objects.select_for_update(of=("self",)).select_related("curriculum").get(pk=edition.pk)
    if edition.state != State.CANDIDATE:
        raise NotACandidate(number=edition.number)
    if missing := missing_approvals(edition):
        raise ApprovalsMissing(number=edition.number, missing=", ".join(participant.code for participant in missing))
    courses = [place.course for place in edition.edition_courses.select_related("course").order_by("position")]
    if (
        sha256_of({"curriculum": edition.curriculum.code, "courses": [sha256_of(c.content) for c in courses]})
        != edition.sha256
    ):
        raise ContentChanged(number=edition.number)
    with audit.gathering():
        with publication.open_gate():
            for course in courses:
                _publish_course(course, by)
        live = CurriculumEdition.objects.filter(curriculum=edition.curriculum, state=State.PUBLISHED)
        superseded = list(live)
        live.update(state=State.SUPERSEDED)
        edition.state, edition.published_at = State.PUBLISHED, clock.now()
        edition.save(update_fields=["state", "published_at"])
        _record_states("curricula.edition.superseded", superseded, State.PUBLISHED, State.SUPERSEDED, by=by)
        _record_states("curricula.edition.published", [edition], State.CANDIDATE, State.PUBLISHED, by=by)
    return edition


def _record_states(
    action: str, editions: list[CurriculumEdition], before: State, after: State, *, by: User | None
) -> None:
    audit.record_all(
        [
            Deed(action, edition, {"sha256": edition.sha256}, before={"state": before}, after={"state": after})
            for edition in editions
        ],
        by=by,
    )


def _publish_course(course: FrozenCourse, by: User | None) -> None:
    """Exactly the revisions that were frozen, not the latest ones."""
    page = CoursePage.objects.get(code=course.code)
    pages = [page, *LessonPage.objects.child_of(page), *QuizPage.objects.child_of(page)]
    revisions = Revision.objects.in_bulk([course.revisions[p.code] for p in pages if p.code in course.revisions])
    for each in pages:
        if each.code in course.revisions:
            revisions[course.revisions[each.code]].publish(user=by)
    CoursePage.objects.filter(pk=page.pk).update(published=course)


def _digest_of_drafts(curriculum: Curriculum) -> str:
    pages = [
        place.course for place in curriculum.courses.select_related("course__latest_revision").order_by("sort_order")
    ]
    return sha256_of({"curriculum": curriculum.code, "courses": [sha256_of(course_content(page)[0]) for page in pages]})
