"""What a roster did, for the record: each person and office that it added or changed, and the roster as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from people import audit
from people.audit import Deed
from people.models import Office, User
from people.roles import Role

from ..models import RosterImport

KEPT = ("participant_id", "agency_id", "office_id", "position", "preferred_language")


def facts_of(person: User, fields: Iterable[str]) -> dict[str, Any]:
    """The fields of a person as they are now; the record leaves out what names and addresses say."""
    return {name: getattr(person, name) for name in fields}


def record_roster(
    applied: RosterImport,
    *,
    added: Sequence[User],
    changed: Sequence[tuple[User, Mapping[str, Any]]],
    offices: Sequence[Office],
    by: User | None,
) -> None:
    """Write the entries of a roster that was applied, in a fixed number of statements.

    `changed` are people as they are now, each with its facts as they were. The name of the file is free text and stands
    in the import's row alone.
    """
    roster = {"roster": applied.pk}
    deeds = [
        *(Deed("curricula.roster.office_added", each, roster, after={"code": each.code}) for each in offices),
        *(
            Deed("curricula.roster.person_added", each, roster | {"role": Role.TRAINEE}, after=facts_of(each, KEPT))
            for each in added
        ),
        *(
            Deed("curricula.roster.person_changed", each, roster, before=before, after=facts_of(each, before))
            for each, before in changed
        ),
    ]
    counts = {"rows": applied.rows, "added": len(added), "changed": len(changed), "enrolled": applied.enrolled}
    whole = Deed("curricula.roster.applied", applied.cohort, roster | counts | {"sha256": applied.sha256})
    audit.record_all([*deeds, whole], by=by)
