"""An import undone: what it added goes, what it changed is as it was. Only while nothing would be lost by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import CourseRecord
from people import audit, clock
from people.audit import Deed
from people.exceptions import DomainError
from people.models import Office, RoleGrant, User

from ..models import Cohort, EnrolledCourse, Enrollment, RosterImport
from .collecting import no_collections
from .roster_memory import Memory, forget, recall
from .roster_record import facts_of
from .rosters import FIELDS
from .withdrawing import take_back

UNDOING = "undo_roster"
BATCH = 2000


class CannotUndo(DomainError):
    """Something came after the import that would be lost, or what is needed is not kept any more."""

    code = "roster_cannot_be_undone"
    message = gettext_lazy("The import cannot be undone. %(reasons)s")


@dataclass(slots=True)
class Undoing:
    """What undoing an import would do; or, when `reasons` is not empty, why it cannot be done."""

    reasons: list[str] = field(default_factory=list)
    memory: Memory | None = None

    @property
    def is_possible(self) -> bool:
        return self.memory is not None and not self.reasons


def plan_undoing(applied: RosterImport) -> Undoing:
    """Look at everything that came after. Its queries grow only with batches of two thousand rows."""
    if applied.undone_at:
        return Undoing([_("It was undone before.")])
    memory = recall(applied)
    if memory is None:
        return Undoing([_("How it was before is not kept any more: its time is over, or a person in it was erased.")])
    return Undoing([*_reasons(memory)], memory)


@no_collections()
@transaction.atomic
def undo_roster(*, applied: RosterImport, by: User | None) -> RosterImport:
    """Take an import back: enrollments, records and people that it added are removed, people that it changed and
    enrollments that it ended are as they were. Offices that others use by now stay.

    Holds the rows of the cohort and the import, so that it is undone once.

    Raises:
        CannotUndo: with every reason.
    """
    Cohort.objects.select_for_update(of=("self",)).get(pk=applied.cohort_id)
    applied = RosterImport.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=applied.pk)
    plan = plan_undoing(applied)
    if plan.memory is None or plan.reasons:
        raise CannotUndo(reasons=" ".join(plan.reasons))
    memory = plan.memory
    deeds = [*_remove_enrollments(memory), *_put_back(memory), *_remove_people(memory)]
    _remove_offices(memory)
    with audit.gathering():
        take_back(enrollments=list(_rows(Enrollment, memory.withdrawn)), by=by)
        applied.undone_at, applied.undone_by = clock.now(), by
        applied.save(update_fields=["undone_at", "undone_by"])
        counts = {"roster": applied.pk, "removed": len(memory.people), "changed": len(memory.changed)}
        audit.record_all([*deeds, Deed("curricula.roster.undone", applied.cohort, counts)], by=by)
    transaction.on_commit(lambda: forget(applied))
    return applied


def _reasons(memory: Memory) -> Iterator[str]:
    """Every reason why not, with how many people or enrollments it concerns."""
    records = _records(memory)
    begun = _used(CourseRecord, list(records), but={EnrolledCourse})
    begun |= {record.pk for record in _rows(CourseRecord, records) if record.opened_at}
    if learned := len({records[key] for key in begun}):
        yield ngettext(
            "%(count)s officer whom it enrolled has begun to learn.",
            "%(count)s officers whom it enrolled have begun to learn.",
            learned,
        ) % {"count": learned}
    if moved := _moved(memory, Enrollment.State.ACTIVE, memory.enrolled) + _moved(
        memory, Enrollment.State.WITHDRAWN, memory.withdrawn
    ):
        yield ngettext(
            "%(count)s enrollment has changed since.", "%(count)s enrollments have changed since.", moved
        ) % {"count": moved}
    if used := len(_used_people(memory)):
        yield ngettext(
            "%(count)s person whom it added was invited, has signed in, or stands elsewhere by now.",
            "%(count)s people whom it added were invited, have signed in, or stand elsewhere by now.",
            used,
        ) % {"count": used}
    if changed := sum(
        facts_of(person, FIELDS) != memory.changed[str(person.pk)]["after"] for person in _rows(User, _changed(memory))
    ):
        yield ngettext(
            "%(count)s person was changed again since.", "%(count)s people were changed again since.", changed
        ) % {"count": changed}


def _moved(memory: Memory, state: str, keys: Sequence[int]) -> int:
    """How many enrollments are gone, in another state, or referred to from elsewhere by now."""
    as_left = {each.pk for each in _rows(Enrollment, keys) if each.state == state}
    used = _used(Enrollment, keys, but={EnrolledCourse}) if keys is memory.enrolled else set()
    return len(set(keys) - as_left | used)


def _used_people(memory: Memory) -> set[int]:
    """People that the import added and that something else refers to by now, or who have signed in."""
    known = set(memory.enrolled)
    used = {person.pk for person in _rows(User, memory.people) if person.last_login}
    for keys in batched(memory.people, BATCH):
        grants = Counter(RoleGrant.objects.filter(user__in=keys).values_list("user_id", flat=True))
        used |= {key for key in keys if grants[key] != 1}
        places = Enrollment.objects.filter(person__in=keys).values_list("pk", "person_id")
        used |= {person for pk, person in places if pk not in known}
        used |= set(CourseRecord.objects.filter(person__in=keys, enrolled=None).values_list("person_id", flat=True))
    return used | _used(User, memory.people, but={RoleGrant, Enrollment, CourseRecord})


def _used(model: type[models.Model], keys: Sequence[int], *, but: set[type[models.Model]]) -> set[int]:
    """Those to which rows of other tables refer, whatever floor these are on."""
    relations: list[Any] = [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        and relation.related_model not in but
    ]  # fmt: skip
    found: set[int] = set()
    for batch in batched(keys, BATCH):
        for relation in relations:
            name = relation.field.attname
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": batch})
            found |= set(rows.values_list(name, flat=True).distinct())
    return found


def _rows[M: models.Model](model: type[M], keys: Iterable[int]) -> Iterator[M]:
    for batch in batched(keys, BATCH):
        yield from model._base_manager.filter(pk__in=batch)


def _changed(memory: Memory) -> list[int]:
    return [int(key) for key in memory.changed]


def _records(memory: Memory) -> dict[int, int]:
    """The course records of the enrollments that were added, with their persons."""
    return {
        record: person
        for batch in batched(memory.enrolled, BATCH)
        for record, person in EnrolledCourse.objects.filter(enrollment__in=batch).values_list(
            "record_id", "enrollment__person_id"
        )
    }


def _remove_enrollments(memory: Memory) -> list[Deed]:
    records = list(_records(memory))
    gone = [
        Deed("curricula.enrollment.removed", each, {"person": each.person_id, "cohort": each.cohort_id})
        for each in _rows(Enrollment, memory.enrolled)
    ]
    _delete(EnrolledCourse, "enrollment__in", memory.enrolled)
    _delete(CourseRecord, "pk__in", records)
    _delete(Enrollment, "pk__in", memory.enrolled)
    return gone


def _put_back(memory: Memory) -> list[Deed]:
    people = list(_rows(User, _changed(memory)))
    deeds = []
    for person in people:
        facts = memory.changed[str(person.pk)]
        for name, value in facts["before"].items():
            setattr(person, name, value)
        deeds.append(Deed("curricula.roster.person_restored", person, before=facts["after"], after=facts["before"]))
    User.objects.bulk_update(people, FIELDS, batch_size=500)
    return deeds


def _remove_people(memory: Memory) -> list[Deed]:
    gone = [Deed("curricula.roster.person_removed", person) for person in _rows(User, memory.people)]
    _delete(RoleGrant, "user__in", memory.people)
    _delete(User, "pk__in", memory.people)
    return gone


def _remove_offices(memory: Memory) -> None:
    """Those that nobody uses."""
    for office in _rows(Office, memory.offices):
        if not _used(Office, [office.pk], but=set()):
            office.delete()


def _delete(model: type[models.Model], condition: str, keys: Sequence[int]) -> None:
    """Rows to which nothing refers, as was looked at before."""
    for batch in batched(keys, BATCH):
        found: Any = model._base_manager.filter(**{condition: list(batch)})
        found._raw_delete(found.db)  # noqa: SLF001 (nothing refers to them: no need to look for it once more)
