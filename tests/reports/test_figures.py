"""The figures of an extract against a recount in plain Python: person by person, row by row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from reports.disclosure import is_small
from reports.figures.assembly import figures_of
from reports.figures.canonical import Figures, canonical_bytes, sha256_of
from reports.figures.curves import _is_apart, _kept
from reports.figures.shown import HIDDEN
from reports.metrics.frame import day_number
from reports.snapshots.schema import Snapshot

from .extracts import FIRST, LAST, REVOKED, VALID, extract

K = 5
START, END = day_number(FIRST), day_number(LAST)
Row = dict[str, Any]


def rows(snapshot: Snapshot, table: str) -> list[Row]:
    """A table as a list of plain rows."""
    columns = snapshot.tables[table]
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*(c.tolist() for c in columns.values()), strict=True)
    ]


class Recount:
    """The same facts, counted with loops and sets."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.enrollments, self.cohorts = rows(snapshot, "enrollments"), rows(snapshot, "cohorts")
        self.records, self.attempts = rows(snapshot, "records"), rows(snapshot, "attempts")
        self.courses, self.offices = rows(snapshot, "courses"), rows(snapshot, "offices")
        self.links, self.requirements = rows(snapshot, "course_goals"), rows(snapshot, "requirements")
        self.agencies = rows(snapshot, "agencies")

    def completed(self, e: Row) -> bool:
        return 0 <= e["completed_on"] <= END and e["credential"] != REVOKED

    def trained(self) -> set[int]:
        return {e["person"] for e in self.enrollments if self.completed(e) and e["completed_on"] >= START}

    def home(self) -> dict[int, Row]:
        found: dict[int, Row] = {}
        for e in self.enrollments:
            if e["person"] not in found or e["enrolled_on"] >= found[e["person"]]["enrolled_on"]:
                found[e["person"]] = e
        return found

    def holders(self) -> dict[tuple[int, int], int]:
        """(curriculum, person) to the office of the latest enrollment in the curriculum."""
        latest: dict[tuple[int, int], Row] = {}
        valid = set()
        for e in self.enrollments:
            key = self.cohorts[e["cohort"]]["curriculum"], e["person"]
            if key not in latest or e["enrolled_on"] >= latest[key]["enrolled_on"]:
                latest[key] = e
            if e["credential"] == VALID:
                valid.add(key)
        return {key: latest[key]["office"] for key in valid}

    def current(self, e: Row) -> bool:
        cohort = self.cohorts[e["cohort"]]
        return cohort["opens_on"] <= END and cohort["closes_on"] >= START

    def on_time(self, e: Row) -> bool:
        return self.completed(e) and e["completed_on"] <= self.cohorts[e["cohort"]]["closes_on"]

    def started(self) -> set[int]:
        return {r["enrollment"] for r in self.records if r["started_on"] >= 0}

    def events(self, cohort: int, days: int) -> tuple[int, int]:
        """How many of a cohort had completed and withdrawn before so many days since they could begin."""
        done = gone = 0
        for e in (e for e in self.enrollments if e["cohort"] == cohort):
            begin = max(self.cohorts[cohort]["opens_on"], e["enrolled_on"])
            done += self.completed(e) and max(0, e["completed_on"] - begin) < days
            gone += not self.completed(e) and 0 <= e["withdrawn_on"] < begin + days
        return done, gone

    def first_attempts(self) -> list[Row]:
        return [a for a in self.attempts if a["number"] == 1 and START <= a["submitted_on"] <= END]

    def completers(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for r in self.records:
            if START <= r["completed_on"] <= END:
                found[self.courses[r["course"]]["code"]].add(self.enrollments[r["enrollment"]]["person"])
        return found


@pytest.fixture(scope="module", params=[7, 11, 23])
def pair(request: pytest.FixtureRequest) -> tuple[Figures, Recount]:
    snapshot = extract(seed=request.param)
    return figures_of(snapshot), Recount(snapshot)


def test_officers_trained_are_persons_counted_once(pair: tuple[Figures, Recount]) -> None:
    figures, recount = pair
    trained = figures["trained"]
    assert trained["persons"] == len(recount.trained()) < trained["completions"]
    assert trained["completions"] == sum(
        recount.completed(e) and e["completed_on"] >= START for e in recount.enrollments
    )
    assert trained["enrolled"] == len({e["person"] for e in recount.enrollments}) < len(recount.enrollments)
    assert trained["holders"] == len({e["person"] for e in recount.enrollments if e["credential"] == VALID})
    assert trained["to_date"] == len({e["person"] for e in recount.enrollments if recount.completed(e)})


def test_trained_by_participant_and_agency_add_up(pair: tuple[Figures, Recount]) -> None:
    figures, recount = pair
    home, trained = recount.home(), recount.trained()
    by_agency = Counter(recount.agencies[home[person]["agency"]]["code"] for person in trained)
    enrolled = Counter(recount.agencies[e["agency"]]["code"] for e in home.values())
    shown = {each["code"]: each for each in figures["trained"]["lines"] if each["level"] == "agency"}
    assert {code: (each["part"], each["whole"]) for code, each in shown.items()} == {
        code: (by_agency[code], enrolled[code]) for code in shown
    }
    sides = [each for each in figures["trained"]["lines"] if each["level"] == "participant"]
    assert sum(each["part"] for each in sides) == figures["trained"]["persons"]


def test_coverage(pair: tuple[Figures, Recount]) -> None:
    figures, recount = pair
    held = Counter(recount.holders().values())
    required: Counter[int] = Counter()
    for need in recount.requirements:
        required[need["office"]] += need["persons"]
    total = figures["coverage"]["total"]
    assert (total["part"], total["whole"]) == (sum(held.values()), sum(required.values()))
    assert total["share"] == round(total["part"] / total["whole"], 4)
    at = {office["code"]: row for row, office in enumerate(recount.offices)}
    lines = figures["coverage"]["lines"]
    for each in lines:
        if each["level"] == "office":
            assert (each["part"], each["whole"]) == (held[at[each["code"]]], required[at[each["code"]]])
        elif each["level"] == "withheld" and not each["withheld"]:
            assert each["part"] == sum(held[at[code]] for code in each["among"])
    small = {recount.offices[o]["code"] for o in required if is_small((held[o], required[o] - held[o]), K)}
    assert small and not small & {each["code"] for each in lines if each["level"] == "office"}


def test_rates_have_both_denominators(pair: tuple[Figures, Recount]) -> None:
    figures, recount = pair
    started = recount.started()
    current = [(n, e) for n, e in enumerate(recount.enrollments) if recount.current(e)]
    done = sum(recount.on_time(e) for _, e in current)
    total = figures["rates"]["total"]
    assert (total["part"], total["whole"]) == (done, len(current))
    assert (total["of_started"]["part"], total["of_started"]["whole"]) == (
        sum(recount.on_time(e) for n, e in current if n in started),
        sum(n in started for n, _ in current),
    )


def test_first_attempts_are_attempts_handed_in(pair: tuple[Figures, Recount]) -> None:
    figures, recount = pair
    first = recount.first_attempts()
    total = figures["first"]["total"]
    assert (total["part"], total["whole"]) == (sum(a["passed"] for a in first), len(first))
    by_course: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for a in first:
        code = recount.courses[recount.records[a["record"]]["course"]]["code"]
        by_course[code] += 1
        passed[code] += a["passed"]
    for course in figures["courses"]:
        assert (course["first"]["part"], course["first"]["whole"]) == (
            passed[course["code"]],
            by_course[course["code"]],
        )
        assert course["first"]["low"] < course["first"]["share"] < course["first"]["high"]


def test_goals_count_a_person_once_in_each(pair: tuple[Figures, Recount]) -> None:
    figures, recount = pair
    completers = recount.completers()
    persons: dict[int, set[int]] = defaultdict(set)
    for link in recount.links:
        persons[link["goal"]] |= completers[recount.courses[link["course"]]["code"]]
    for row, goal in enumerate(figures["goals"]):
        assert goal["persons"] == len(persons[row]) == sum(goal["by_participant"])
    for course in figures["courses"]:
        assert course["completions"] == len(completers[course["code"]])
        assert course["person_hours"] == round(course["completions"] * course["hours"], 1)
        assert [goal["number"] for goal in course["serves"]] == course["goals"]
        assert [goal["number"] for goal in course["serves"] if goal["primary"]] == [course["primary"]]


def test_a_cohort_stands_in_states_that_add_up(pair: tuple[Figures, Recount]) -> None:
    figures, recount = pair
    at = {cohort["code"]: row for row, cohort in enumerate(recount.cohorts)}
    for cohort in figures["cohorts"]:
        mine = [e for e in recount.enrollments if e["cohort"] == at[cohort["code"]]]
        assert cohort["enrolled"] == len(mine)
        done = sum(recount.completed(e) for e in mine)
        assert cohort["completed"] in {done, None}
        assert cohort["states"]["completed"] == cohort["completed"]
        if None not in cohort["states"].values():
            assert sum(cohort["states"].values()) == len(mine)
        if cohort["pace"] is not None:
            assert cohort["pace"] == round(done / cohort["planned"], 4)


def counts(value: Any) -> Iterator[Row]:
    if isinstance(value, dict):
        if "withheld" in value:
            yield value
        for each in value.values():
            yield from counts(each)
    elif isinstance(value, list):
        for each in value:
            yield from counts(each)


@pytest.mark.parametrize(
    "wishes", [{}, {"enrollments": 90, "cohorts": 5}, {"enrollments": 9}, {"seed": 2, "offices": 80}]
)
def test_nothing_small_is_in_the_figures(wishes: dict[str, int]) -> None:
    figures = figures_of(extract(**wishes))
    for each in counts(figures):
        if each["withheld"]:
            assert all(each[name] is None for name in HIDDEN if name != "withheld")
        else:
            assert not is_small((each["part"], each["rest"]), K)
    for cohort in figures["cohorts"]:
        told = {state: n for state, n in cohort["states"].items() if n is not None}
        assert not is_small(tuple(told.values()), K)
        rest = None if cohort["enrolled"] is None else cohort["enrolled"] - sum(told.values())
        assert rest is None or not is_small((rest,), K)


def test_cohorts_and_curricula_do_not_give_a_withheld_one_away() -> None:
    """What the total leaves after all that is shown is nothing, or not small."""
    for seed in range(12):
        figures = figures_of(extract(seed=seed, enrollments=120, cohorts=6))
        total = figures["rates"]["total"]
        for group in ("cohorts", "curricula"):
            shown = [each["of_enrolled"] for each in figures[group] if not each["of_enrolled"]["withheld"]]
            if not total["withheld"]:
                left = [total[name] - sum(each[name] for each in shown) for name in ("part", "rest")]
                assert not is_small(tuple(left), K)


def test_a_curve_takes_steps_of_nobody_or_enough() -> None:
    shown = 0
    for seed in range(6):
        snapshot = extract(seed=seed, enrollments=600)
        recount = Recount(snapshot)
        at = {cohort["code"]: row for row, cohort in enumerate(recount.cohorts)}
        for cohort in figures_of(snapshot)["cohorts"]:
            if cohort["curve"] is None:
                continue
            events = [recount.events(at[cohort["code"]], 7 * week["week"]) for week in cohort["curve"]["weeks"]]
            last = recount.events(at[cohort["code"]], 10**6)
            for before, after in pairwise([(0, 0), *events, last]):
                assert not is_small((after[0] - before[0], after[1] - before[1]), K)
            for week, (done, _) in zip(cohort["curve"]["weeks"], events, strict=True):
                assert week["low"] <= week["completed"] <= week["high"]
                assert week["completed"] >= round(done / cohort["enrolled"], 4) - 1e-4
            shown += len(events)
    assert shown > 60


def test_the_last_small_step_does_not_take_the_whole_curve_away() -> None:
    events = [(0, 5), (6, 9), (20, 10), (40, 11), (60, 12), (80, 12), (95, 12)]
    weeks = [({"week": n}, each) for n, each in enumerate(events, 1)]
    kept = [week["week"] for week in _kept(weeks, K)]
    assert kept == [1, 5, 6, 7]
    path = [(0, 0), *(events[week - 1] for week in kept)]
    assert all(_is_apart(a, b, K) for a, b in pairwise(path))
    assert _kept([({"week": 1}, (3, 0)), ({"week": 2}, (4, 2))], K) == []
    assert _kept([], K) == []


def test_the_same_extract_gives_the_same_figures() -> None:
    once, twice = figures_of(extract()), figures_of(extract())
    assert canonical_bytes(once) == canonical_bytes(twice)
    assert sha256_of(once) != sha256_of(figures_of(extract(seed=8)))


@pytest.mark.parametrize("wishes", [{"cohorts": 0}, {"cohorts": 0, "courses": 0, "goals": 0, "offices": 0}])
def test_an_extract_of_nobody_has_figures(wishes: dict[str, int]) -> None:
    figures = figures_of(extract(**wishes))
    assert figures["trained"]["persons"] == 0 and figures["cohorts"] == []
    assert figures["coverage"]["total"]["share"] is None and not figures["coverage"]["total"]["withheld"]
