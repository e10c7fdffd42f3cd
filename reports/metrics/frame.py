"""An extract with its references followed, so that a metric is one selection and one count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..snapshots.schema import CREDENTIALS, Columns, Snapshot

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
EPOCH = dt.date(1970, 1, 1)
VALID, REVOKED = CREDENTIALS.index("valid"), CREDENTIALS.index("revoked")


def day_number(day: dt.date | str) -> int:
    """Days since 1970-01-01."""
    return ((dt.date.fromisoformat(day) if isinstance(day, str) else day) - EPOCH).days


def date_of(number: int) -> dt.date:
    """The date of a count of days since 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(number))


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many. `share` is None of nothing: missing is not zero."""

    part: int
    whole: int

    @property
    def rest(self) -> int:
        return self.whole - self.part

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Frame:
    """The extract with what metrics ask of it. Arrays are aligned with the rows of their table."""

    snapshot: Snapshot
    first_day: int
    last_day: int
    enrollments: Columns
    records: Columns
    attempts: Columns
    home: Ints  # per person: the row of the latest enrollment, whose post counts for the person
    course_codes: list[str]  # courses by code, whatever their frozen version
    course_group: Ints  # per frozen course: which of `course_codes`

    @classmethod
    def of(cls, snapshot: Snapshot) -> Frame:
        """Follow the references of an extract once."""
        t = snapshot.tables
        e = dict(t["enrollments"])
        e["curriculum"] = t["cohorts"]["curriculum"][e["cohort"]]
        codes = sorted(set(t["courses"]["code"]))
        group = np.array([codes.index(code) for code in t["courses"]["code"]], dtype=np.int64)
        r = dict(t["records"])
        r["person"], r["group"] = e["person"][r["enrollment"]], group[r["course"]]
        a = dict(t["attempts"])
        a["person"], a["group"] = r["person"][a["record"]], r["group"][a["record"]]
        a["enrollment"] = r["enrollment"][a["record"]]
        persons = int(e["person"].max()) + 1 if len(e["person"]) else 0
        home = np.full(persons, -1, dtype=np.int64)
        order = np.argsort(e["enrolled_on"], kind="stable")
        home[e["person"][order]] = order
        return cls(
            snapshot,
            day_number(snapshot.meta.period_from),
            day_number(snapshot.meta.period_to),
            e,
            r,
            a,
            home,
            codes,
            group,
        )

    def table(self, name: str) -> Columns:
        return self.snapshot.tables[name]

    def within(self, days: npt.NDArray[Any]) -> Mask:
        """Whether a day lies in the period."""
        return (days >= self.first_day) & (days <= self.last_day)

    @property
    def current_cohorts(self) -> Ints:
        """Cohorts that were open on at least one day of the period, the largest target first."""
        c = self.table("cohorts")
        rows = np.flatnonzero((c["opens_on"] <= self.last_day) & (c["closes_on"] >= self.first_day))
        return rows[np.lexsort((c["code"][rows].astype(str), -c["target"][rows]))]

    def home_of(self, persons: npt.NDArray[Any], column: str) -> Ints:
        """The `participant`, `agency` or `office` that counts for each person: of the latest enrollment."""
        found: Ints = self.enrollments[column][self.home[persons]]
        return found

    @property
    def completed(self) -> Mask:
        """Enrollments with a completion by the cut-off that was not annulled."""
        e = self.enrollments
        found: Mask = (e["completed_on"] >= 0) & (e["completed_on"] <= self.last_day) & (e["credential"] != REVOKED)
        return found

    @property
    def started(self) -> Mask:
        """Enrollments in which a course was opened by the cut-off."""
        mask = np.zeros(len(self.enrollments["person"]), dtype=bool)
        mask[self.records["enrollment"][self.records["started_on"] >= 0]] = True
        return mask

    def course_titles(self, code: str) -> dict[str, str]:
        """The titles of a course, of its latest frozen version in the extract."""
        c = self.table("courses")
        row = np.flatnonzero(c["code"] == code)[-1]
        return {"en": c["name_en"][row], "es": c["name_es"][row]}

    def goals_of_courses(self) -> dict[int, dict[int, bool]]:
        """Per course group its goals (rows of `goals`), each with whether it is the primary."""
        found: dict[int, dict[int, bool]] = {group: {} for group in range(len(self.course_codes))}
        links = self.table("course_goals")
        for course, goal, primary in zip(links["course"], links["goal"], links["is_primary"], strict=True):
            found[int(self.course_group[course])][int(goal)] = bool(primary)
        return found


def distinct(values: npt.NDArray[Any]) -> int:
    """How many different ones."""
    return len(np.unique(values))
