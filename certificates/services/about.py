"""What the badge of a published edition stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curricula.models import CurriculumEdition

from ..payload import CompetenceServed, CurriculumNamed, GoalServed, Pair
from .contents import contents_of
from .wording import goals_of, outcomes_of

_LABEL = re.compile(r"(\d{1,4})(?:\.(\d{1,4}))?\Z")


@dataclass(frozen=True, slots=True)
class AboutBadge:
    """Said in both languages; `edition` is its label such as `2` or `2.1`, hours may be halves."""

    curriculum: CurriculumNamed
    edition: str
    hours: float
    outcomes: tuple[dict[str, str], ...]
    goals: tuple[GoalServed, ...]
    competences: tuple[CompetenceServed, ...]

    @property
    def title(self) -> Pair:
        return Pair(self.curriculum.title_en, self.curriculum.title_es)

    @property
    def label(self) -> str:
        """What stands at the foot of its picture."""
        return badge_label(self.curriculum.code, self.edition)


def badge_label(curriculum: str, edition: int | str) -> str:
    """Curriculum and edition, in letters and figures only: the same in both languages."""
    return f"{curriculum} {edition}"


def about_badge(code: str, label: str) -> AboutBadge | None:
    """The facts of a published edition, or None. Four queries, and one for each frozen course that is not kept yet."""
    match = _LABEL.match(label)
    if not match:
        return None
    edition = (
        CurriculumEdition.objects.published()
        .select_related("curriculum")
        .filter(curriculum__code=code, number=int(match[1]), minor=int(match[2] or 0))
        .first()
    )
    if edition is None or edition.label != label:
        return None
    followed = contents_of(edition)
    curriculum = edition.curriculum
    return AboutBadge(
        CurriculumNamed(curriculum.code, curriculum.title_en, curriculum.title_es),
        edition.label,
        followed.hours,
        tuple({"en": outcome.en, "es": outcome.es} for outcome in outcomes_of(followed.contents)),
        goals_of(followed.contents),
        followed.competences,
    )
