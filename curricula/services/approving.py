"""What approvers decide about a candidate: yes to exactly that content, or a request for changes."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from courses.gain import items_of
from people import audit, clock
from people.models import Participant, User

from ..exceptions import (
    ApprovalWithoutParticipant,
    ApprovedAlready,
    CommentMissing,
    ContentChanged,
    NotACandidate,
    OtherContentSeen,
    ProposerDoesNotApprove,
    UnknownLearningObject,
)
from ..gathering import digest_of, gather
from ..models import Approval, ChangeRequest, CurriculumEdition
from .letters import tell_of_approval, tell_of_change_request
from .states import record_states

State = CurriculumEdition.State


@transaction.atomic
def approve_edition(*, edition: CurriculumEdition, by: User, seen: str = "") -> Approval:
    """Say yes for the own Participant. The database keeps one Participant and one person from counting twice.

    `seen` is the SHA-256 of what the approver read; without it, that of the edition that is handed in. Whoever proposed
    the candidate does not approve it: an approval is the word of somebody who did not put it together. Holds the
    edition's row.

    Raises:
        NotACandidate, ApprovalWithoutParticipant, ProposerDoesNotApprove, ApprovedAlready.
        OtherContentSeen: what was read is not what the candidate holds.
        ContentChanged: the drafts moved on since it was proposed.
    """
    seen = seen or edition.sha256
    edition = _locked(edition)
    if edition.state != State.CANDIDATE:
        raise NotACandidate(number=edition.label)
    if by.participant is None:
        raise ApprovalWithoutParticipant
    if edition.proposed_by_id == by.pk:
        raise ProposerDoesNotApprove(participant=by.participant.code)
    if seen != edition.sha256:
        raise OtherContentSeen(number=edition.label)
    drafts = gather(edition.curriculum, edition.corrected_codes)
    if digest_of(edition.curriculum, [course.content for course in drafts]) != edition.sha256:
        raise ContentChanged(number=edition.label)
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                edition=edition, participant=by.participant, approver=by, sha256=edition.sha256, decided_at=clock.now()
            )
    except IntegrityError:
        raise ApprovedAlready(participant=by.participant.code) from None
    tell_of_approval(edition=edition, participant=by.participant)
    audit.record(
        "curricula.edition.approved",
        edition,
        by=by,
        data={"participant": by.participant.code, "sha256": edition.sha256},
    )
    return approval


@transaction.atomic
def request_changes(
    *, edition: CurriculumEdition, comment: str, by: User, object_code: str = "", seen: str = ""
) -> ChangeRequest:
    """Ask for a change of one learning object, or of the whole candidate. It waits then for a new candidate.

    More requests may follow, of both sides. Holds the edition's row.

    Raises:
        NotACandidate, ApprovalWithoutParticipant, OtherContentSeen, CommentMissing, UnknownLearningObject.
    """
    seen = seen or edition.sha256
    edition = _locked(edition)
    if edition.state not in {State.CANDIDATE, State.CHANGES_REQUESTED}:
        raise NotACandidate(number=edition.label)
    if by.participant is None:
        raise ApprovalWithoutParticipant
    if seen != edition.sha256:
        raise OtherContentSeen(number=edition.label)
    if not comment.strip():
        raise CommentMissing
    if object_code and object_code not in codes_in(edition):
        raise UnknownLearningObject(number=edition.label, object=object_code)
    request = ChangeRequest.objects.create(
        edition=edition,
        participant=by.participant,
        requested_by=by,
        object_code=object_code,
        comment=comment.strip(),
        sha256=edition.sha256,
        requested_at=clock.now(),
    )
    tell_of_change_request(request=request)
    with audit.gathering():
        if edition.state == State.CANDIDATE:
            CurriculumEdition.objects.filter(pk=edition.pk).update(state=State.CHANGES_REQUESTED)
            record_states("curricula.edition.sent_back", [edition], State.CANDIDATE, State.CHANGES_REQUESTED, by=by)
        audit.record(
            "curricula.edition.changes_requested",
            edition,
            by=by,
            data={"participant": by.participant.code, "object": object_code, "request": request.pk},
        )
    return request


def missing_approvals(edition: CurriculumEdition) -> list[Participant]:
    """Participants that have not approved exactly this content."""
    given = edition.approvals.filter(sha256=edition.sha256).values("participant")
    return list(Participant.objects.on(clock.today()).exclude(pk__in=given))


def codes_in(edition: CurriculumEdition) -> list[str]:
    """The codes of all courses, lessons, quizzes and items that an edition holds."""
    contents = edition.edition_courses.order_by("position").values_list("course__content", flat=True)
    return [
        code
        for content in contents
        for code in (
            content["code"],
            *(item["code"] for item in items_of(content)),
            *(lesson["code"] for lesson in content["lessons"]),
            *(exercise["code"] for exercise in content.get("exercises", [])),
            *(c for quiz in content["quizzes"] for c in (quiz["code"], *(item["code"] for item in quiz["items"]))),
        )
    ]


def _locked(edition: CurriculumEdition) -> CurriculumEdition:
    return (
        CurriculumEdition.objects.select_for_update(of=("self",))
        .select_related("curriculum", "proposed_by")
        .get(pk=edition.pk)
    )
