"""Who must hold a certificate, who holds it, and whom the next round should take."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from people import clock
from people.access import Reach
from people.models import RoleGrant, User
from people.roles import RIGHTS, Right

from .models import Enrollment, Nomination, Requirement
from .roster.columns import folded


class HoldersSlot(Protocol):
    """Who of a Participant holds a valid certificate of which curriculum, and its last day; (person, curriculum)."""

    def __call__(self, curricula: Collection[int], participant: int) -> dict[tuple[int, int], dt.date | None]: ...


@dataclass(slots=True)
class OfficeCoverage:
    """One office: officers required, those of them who hold, and of these whose certificate ends soon."""

    name_en: str
    name_es: str
    required: int = 0
    holding: int = 0
    ending: int = 0

    @property
    def lacking(self) -> int:
        return self.required - self.holding


@dataclass(slots=True)
class Coverage:
    """One requirement over the officers within reach. `to_propose` are those who lack it, or whose certificate ends
    soon, and who are neither on their way to it nor nominated."""

    requirement: Requirement
    required: int = 0
    holding: int = 0
    ending: int = 0
    on_their_way: int = 0
    to_propose: list[int] = field(default_factory=list)
    offices: list[OfficeCoverage] = field(default_factory=list)

    @property
    def lacking(self) -> int:
        return self.required - self.holding


def coverage_of(requirements: Sequence[Requirement], reach: Reach) -> list[Coverage]:
    """The coverage of requirements of one Participant today, over the officers within reach. Four queries, whatever
    the number of requirements and officers."""
    if not requirements:
        return []
    curricula = {each.curriculum_id for each in requirements}
    side = requirements[0].participant_id
    people = list(_officers(reach, side).values_list(*PERSON))
    held = _holders(curricula, side)
    following = Enrollment.objects.following().filter(participant=side, cohort__edition__curriculum__in=curricula)
    under_way = set(following.values_list("person", "cohort__edition__curriculum"))
    nominated = Nomination.objects.open().filter(participant=side, person__isnull=False, round__curricula__in=curricula)
    under_way |= set(nominated.values_list("person", "round__curricula"))
    return [_cover(each, people, held, under_way) for each in requirements]


PERSON = ("pk", "agency", "office", "office__name_en", "office__name_es", "position")
Person = tuple[int, int, int, str, str, str]


def _officers(reach: Reach, participant: int) -> QuerySet[User]:
    """Active officers with an office: whoever learns, staff of the administration alone are none."""
    here = Q(participant=None) | Q(participant=participant)
    learners = RoleGrant.objects.on(clock.today()).filter(here, role__in=_learning_roles()).values("user")
    active = User.objects.filter(reach.of(), participant=participant, is_active=True, erased_at__isnull=True)
    return active.filter(office__isnull=False, pk__in=learners).order_by("office__name_en", "pk")


def _learning_roles() -> list[str]:
    return [role for role, rights in RIGHTS.items() if Right.LEARN in rights and Right.ENTER_ADMIN not in rights]


def _holders(curricula: Collection[int], participant: int) -> dict[tuple[int, int], dt.date | None]:
    path = getattr(settings, "CURRICULA_HOLDERS_SLOT", None)
    return cast("HoldersSlot", import_string(path))(curricula, participant) if path else {}


def _cover(
    requirement: Requirement,
    people: Iterable[Person],
    held: dict[tuple[int, int], dt.date | None],
    under_way: set[tuple[int, int]],
) -> Coverage:
    found = Coverage(requirement)
    today = clock.today()
    if requirement.from_on > today or (requirement.until_on and requirement.until_on < today):
        return found
    soon = today + dt.timedelta(days=requirement.renewal_days)
    position = folded(requirement.position)
    offices: dict[int, OfficeCoverage] = {}
    for pk, agency, office, name_en, name_es, post in people:
        if requirement.agency_id not in {None, agency} or requirement.office_id not in {None, office}:
            continue
        if position and folded(post) != position:
            continue
        row = offices.setdefault(office, OfficeCoverage(name_en, name_es))
        key = (pk, requirement.curriculum_id)
        until = held.get(key)
        holds = key in held
        ends = holds and until is not None and until <= soon
        row.required, row.holding, row.ending = row.required + 1, row.holding + holds, row.ending + ends
        if not holds or ends:
            if key in under_way:
                found.on_their_way += 1
            else:
                found.to_propose.append(pk)
    found.offices = list(offices.values())
    found.required = sum(row.required for row in found.offices)
    found.holding = sum(row.holding for row in found.offices)
    found.ending = sum(row.ending for row in found.offices)
    return found


def by_requirement(found: Iterable[Requirement], reach: Reach) -> list[Coverage]:
    """The same for requirements of both Participants: each side's apart. Four queries for each side."""
    sides: dict[int, list[Requirement]] = defaultdict(list)
    for each in found:
        sides[each.participant_id].append(each)
    return [row for requirements in sides.values() for row in coverage_of(requirements, reach)]
