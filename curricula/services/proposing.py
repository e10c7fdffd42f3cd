"""Candidates: gathered from drafts, as a regular edition or as an urgent correction; withdrawn by who proposed them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from courses.freezing import freeze_content
from people import audit, clock
from people.models import User

from ..exceptions import (
    NoChange,
    NoEditionToCorrect,
    NotACandidate,
    NothingChosen,
    NotReady,
    NotYoursToWithdraw,
    ReasonMissing,
)
from ..gathering import Gathered, digest_of, gather
from ..models import Curriculum, CurriculumEdition, EditionCourse
from ..obstacles import obstacles_of
from .letters import tell_approvers
from .states import record_states

State = CurriculumEdition.State


@transaction.atomic
def propose_edition(*, curriculum: Curriculum, by: User | None) -> CurriculumEdition:
    """Freeze the drafts of a curriculum into a new candidate. An earlier candidate falls away with its approvals.

    Holds the curriculum's row. Approvers are told by letter.

    Raises:
        NotReady: with every obstacle: texts, comments, accessibility, keys, too few items.
        NoChange: nothing differs from the published edition, or from the candidate that waits; that one keeps its
            approvals.
    """
    curriculum = Curriculum.objects.select_for_update(of=("self",)).get(pk=curriculum.pk)
    last = curriculum.editions.aggregate(last=Max("number"))["last"] or 0
    edition = CurriculumEdition(curriculum=curriculum, number=last + 1)
    return _propose(edition, gather(curriculum), by)


@transaction.atomic
def propose_correction(
    *, curriculum: Curriculum, corrected: Sequence[str], reason: str, by: User | None
) -> CurriculumEdition:
    """Freeze the drafts of some learning objects into a candidate that holds all else as it is published: 2.1 after 2.

    `corrected` are codes of courses, lessons and quizzes. It needs the same approvals as any edition. Holds the
    curriculum's row.

    Raises:
        NoEditionToCorrect, NothingChosen, ReasonMissing; NotReady and NoChange as `propose_edition`.
    """
    curriculum = Curriculum.objects.select_for_update(of=("self",)).get(pk=curriculum.pk)
    published = curriculum.editions.filter(state=State.PUBLISHED).first()
    if published is None:
        raise NoEditionToCorrect(curriculum=curriculum.title)
    if not reason.strip():
        raise ReasonMissing
    if not corrected:
        raise NothingChosen
    last = curriculum.editions.filter(number=published.number).aggregate(last=Max("minor"))["last"] or 0
    edition = CurriculumEdition(
        curriculum=curriculum,
        number=published.number,
        minor=last + 1,
        kind=CurriculumEdition.Kind.CORRECTION,
        reason=reason.strip(),
        corrected_codes=sorted(set(corrected)),
    )
    return _propose(edition, gather(curriculum, edition.corrected_codes), by)


@transaction.atomic
def withdraw_edition(*, edition: CurriculumEdition, by: User) -> CurriculumEdition:
    """Take a candidate back, by the Participant whose author proposed it. Holds the edition's row.

    Raises:
        NotACandidate: it is published, superseded or withdrawn.
        NotYoursToWithdraw: the other side proposed it.
    """
    edition = (
        CurriculumEdition.objects.select_for_update(of=("self",))
        .select_related("curriculum", "proposed_by")
        .get(pk=edition.pk)
    )
    if edition.state not in {State.CANDIDATE, State.CHANGES_REQUESTED}:
        raise NotACandidate(number=edition.label)
    if edition.proposed_by and edition.proposed_by.participant_id != by.participant_id:
        raise NotYoursToWithdraw
    before = State(edition.state)
    edition.state = State.WITHDRAWN
    edition.save(update_fields=["state"])
    record_states("curricula.edition.withdrawn", [edition], before, State.WITHDRAWN, by=by)
    return edition


def _propose(edition: CurriculumEdition, gathered: list[Gathered], by: User | None) -> CurriculumEdition:
    curriculum = edition.curriculum
    if obstacles := obstacles_of(gathered, edition.corrected_codes):
        raise NotReady(curriculum=curriculum.title, obstacles=obstacles)
    digest = digest_of(curriculum, [course.content for course in gathered])
    alike = curriculum.editions.filter(state__in=[State.PUBLISHED, State.CANDIDATE], sha256=digest)
    if same := alike.order_by("pk").last():
        raise NoChange(curriculum=curriculum.title, number=same.label)
    frozen = [freeze_content(course.content, course.revisions) for course in gathered]
    fallen = list(curriculum.editions.open())
    before = {each.pk: State(each.state) for each in fallen}
    curriculum.editions.open().update(state=State.WITHDRAWN)
    edition.sha256, edition.proposed_by, edition.proposed_at = digest, by, clock.now()
    edition.save()
    EditionCourse.objects.bulk_create(
        [EditionCourse(edition=edition, course=course, position=n) for n, course in enumerate(frozen, start=1)]
    )
    tell_approvers(edition=edition)
    with audit.gathering():
        for each in fallen:
            record_states("curricula.edition.fell_away", [each], before[each.pk], State.WITHDRAWN, by=by)
        audit.record(
            "curricula.edition.proposed",
            edition,
            by=by,
            data={"sha256": digest, "kind": edition.kind, "corrected": edition.corrected_codes},
        )
    return edition
