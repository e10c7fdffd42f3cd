"""Coverage of requirements: who holds a valid certificate, of those who must."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .frame import VALID, Count, Frame, Ints


@dataclass(frozen=True, slots=True)
class Coverage:
    """Requirements and those met, by office. A requirement is one person in one curriculum."""

    required: Ints
    held: Ints

    @property
    def total(self) -> Count:
        return Count(int(self.held.sum()), int(self.required.sum()))

    def of_office(self, office: int) -> Count:
        return Count(int(self.held[office]), int(self.required[office]))


def coverage(frame: Frame, curriculum: int | None = None) -> Coverage:
    """|R ∩ V| / |R| at the cut-off, for one curriculum or for all."""
    offices = frame.snapshot.rows("offices")
    need = frame.table("requirements")
    wanted = slice(None) if curriculum is None else need["curriculum"] == curriculum
    required = np.bincount(need["office"][wanted], weights=need["persons"][wanted], minlength=offices).astype(np.int64)
    held = np.zeros(offices, dtype=np.int64)
    for row in range(frame.snapshot.rows("curricula")) if curriculum is None else [curriculum]:
        held += np.bincount(holders_by_office(frame, row), minlength=offices)
    return Coverage(required, held)


def holders_by_office(frame: Frame, curriculum: int) -> Ints:
    """The office of each person with a valid certificate of a curriculum: of the latest enrollment in it."""
    e = frame.enrollments
    rows = np.flatnonzero(e["curriculum"] == curriculum)
    rows = rows[np.argsort(e["enrolled_on"][rows], kind="stable")]
    latest = dict(zip(e["person"][rows].tolist(), e["office"][rows].tolist(), strict=True))
    holders = np.unique(e["person"][rows][e["credential"][rows] == VALID]).tolist()
    return np.array([latest[person] for person in holders], dtype=np.int64)


def certificate_holders(frame: Frame) -> Ints:
    """Persons with at least one valid certificate at the cut-off, each once (valid-certificates)."""
    e = frame.enrollments
    return np.unique(e["person"][e["credential"] == VALID])
