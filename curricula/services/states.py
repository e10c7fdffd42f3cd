"""What the record says when editions change their state."""

from __future__ import annotations

from people import audit
from people.audit import Deed
from people.models import User

from ..models import CurriculumEdition


def record_states(
    action: str,
    editions: list[CurriculumEdition],
    before: CurriculumEdition.State,
    after: CurriculumEdition.State,
    *,
    by: User | None,
) -> None:
    """One entry an edition. The caller has written the state in the same transaction."""
    audit.record_all(
        [
            Deed(action, edition, {"sha256": edition.sha256}, before={"state": before}, after={"state": after})
            for edition in editions
        ],
        by=by,
    )
