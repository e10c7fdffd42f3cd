"""Letters about editions and cohorts: to approvers, proposers and trainees, each in the recipient's own language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from people.models import Participant, User
from people.roles import Right
from people.selectors import holders_of
from people.services.correspondence import Draft, write_letters

from ..models import ChangeRequest, Cohort, CurriculumEdition


def tell_approvers(*, edition: CurriculumEdition) -> None:
    """A candidate waits: to everybody who approves, but not to whoever proposed it. Two statements."""
    approvers = holders_of(Right.APPROVE).filter(participant__isnull=False).exclude(pk=edition.proposed_by_id or 0)
    _write("edition_waiting", edition, approvers)


def tell_of_change_request(*, request: ChangeRequest) -> None:
    """Changes were asked for: to the proposer. The comment itself stays on the page."""
    more = {"participant": request.participant.code, "object": request.object_code}
    _write("edition_changes_requested", request.edition, _proposer(request.edition, request.requested_by_id), more)


def tell_of_approval(*, edition: CurriculumEdition, participant: Participant) -> None:
    """One Participant has said yes: to the proposer."""
    _write("edition_approved", edition, _proposer(edition), {"participant": participant.code})


def tell_of_publication(*, edition: CurriculumEdition) -> None:
    """The edition is live: to the proposer and to those who approved it."""
    given = User.objects.filter(pk__in=edition.approvals.values("approver"), is_active=True)
    people = {person.pk: person for person in [*_proposer(edition), *given]}
    _write("edition_published", edition, people.values())


def tell_trainees(*, cohort: Cohort, people: Iterable[User]) -> None:
    """The cohort follows a newer edition: to the officers for whom something changes."""
    address = _address("my_learning")
    drafts = [
        Draft(to=person, values=_named(cohort.edition, person) | {"cohort_en": cohort.name_en,
              "cohort_es": cohort.name_es, "link": address(person)})
        for person in people
    ]  # fmt: skip
    write_letters(kind="cohort_moved", drafts=drafts)


def _write(kind: str, edition: CurriculumEdition, people: Iterable[User], more: dict[str, Any] | None = None) -> None:
    address = _address("curricula:edition", edition.pk)
    drafts = [
        Draft(to=person, values=_named(edition, person) | (more or {}) | {"link": address(person)}) for person in people
    ]
    write_letters(kind=kind, drafts=drafts)


def _named(edition: CurriculumEdition, person: User) -> dict[str, Any]:
    curriculum = edition.curriculum
    return {
        "name": person.full_name,
        "edition": edition.label,
        "title_en": curriculum.title_en,
        "title_es": curriculum.title_es,
        "reason": edition.reason,
    }


def _proposer(edition: CurriculumEdition, but: int | None = None) -> list[User]:
    proposer = edition.proposed_by
    return [proposer] if proposer and proposer.is_active and proposer.pk != but else []


def _address(view: str, *arguments: Any) -> Any:
    def for_person(person: User) -> str:
        with override(person.preferred_language):
            return f"{settings.PUENTE_BASE_URL}{reverse(view, args=arguments)}"

    return for_person
