"""Nothing that differs between two editions is invisible."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from curricula.changes import word_changes
from curricula.differences import differences
from tests.school import pair


def content(code: str = "CO-101") -> dict[str, Any]:
    """A canonical course with every kind of part."""
    option = [{"letter": x, **pair(f"Option {x}"), "correct": x == "A", "feedback": pair(x)} for x in "ABCD"]
    items = [{"code": f"{code}-0{n}", "kind": "single", "level": "apply", "lessons": [f"{code}-L1"], "stem": pair("S"),
              "rationale": pair("R"), "options": option} for n in (1, 2)]  # fmt: skip
    items.append({"code": f"{code}-03", "kind": "numeric", "level": "apply", "lessons": [], "stem": pair("N"),
                  "rationale": pair("R"), "number": {"answer": "12.5", "tolerance": "0.1"}})  # fmt: skip
    blocks = [
        {"type": "heading", "level": "2", "id": "a", **pair("H")},
        {"type": "prose", **pair("One two three")},
        {"type": "prose", **pair("Four five six")},
        {"type": "table", "caption": pair("C"), "header": [pair("h")], "rows": [[pair("x")], [pair("y")]]},
        {"type": "check", "id": "one", "stem": pair("S"), "options": option, "key": "B"},
    ]
    lessons = [{"code": f"{code}-L{n}", "slug": f"lesson-{n}", "number": n, "title": pair(f"L{n}"), "minutes": 30,
                "outcomes": [1, 2], "sources": [{"tag": "A", "reference": "B"}], "blocks": blocks}
               for n in (1, 2)]  # fmt: skip
    rules = {
        "items_drawn": 2,
        "items_per_page": 1,
        "time_limit_minutes": None,
        "attempts_allowed": 3,
        "pass_percent": 70,
    }
    return json.loads(json.dumps({
        "schema": 1, "code": code, "slug": code.lower(), "title": pair(code), "description": pair("D"), "hours": "6",
        "modes": pair("M"), "outcomes": [pair("O")], "prerequisites": [], "lessons": lessons,
        "goals": [{"instrument": "d", "number": 1, "primary": True, "name": pair("G")}],
        "quizzes": [{"code": f"{code}-Q", "slug": "quiz", "title": pair("Q"), "instructions": pair("I"),
                     "rules": rules, "items": items}],
        "glossary": {"seal": {"term": pair("seal"), "definition": pair("d")}},
    }))  # fmt: skip


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a content."""
    if isinstance(part, dict):
        inner = [place for key, value in part.items() for place in places(value, (*path, key))]
    elif isinstance(part, list):
        inner = [place for n, value in enumerate(part) for place in places(value, (*path, n))]
    else:
        inner = []
    return [path, *inner] if path else inner


PLACES = [place for place in places(content()) if place[-1] not in {"lessons", "quizzes", "items", "code", "title"}]
PLACES = [place for place in PLACES if not (place[0] in {"lessons", "quizzes"} and len(place) == 2)]
SCALARS = st.one_of(st.text(max_size=5), st.integers(-3, 3), st.booleans(), st.none())


def put(whole: Any, place: tuple[Any, ...], change: str, value: Any) -> None:
    for key in place[:-1]:
        whole = whole[key]
    old = whole[place[-1]]
    if change == "remove" and place[-1] not in {"stem", "rules", "blocks"} and not isinstance(whole, list):
        del whole[place[-1]]
    elif isinstance(old, list) and change == "turn":
        old.reverse()
    elif isinstance(old, list) and change == "double" and old:
        old.insert(0, copy.deepcopy(old[-1]))
    elif isinstance(old, dict):
        old["more"] = value
    elif isinstance(old, list):
        old.append(value)
    else:
        whole[place[-1]] = value


@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(["set", "remove", "turn", "double"]), SCALARS),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_changes_gives_a_row(steps: list[tuple[tuple[Any, ...], str, Any]]) -> None:
    old, new = content(), content()
    for place, change, value in steps:
        try:
            put(new, place, change, value)
        except (KeyError, IndexError, TypeError):
            continue
    written = json.dumps(old, sort_keys=True) != json.dumps(new, sort_keys=True)
    found = differences([old], [new])
    assert bool(found) == written
    assert all(each.changes for each in found)


def test_orders_of_courses_lessons_and_items_are_told() -> None:
    old = [content("CO-101"), content("CO-102")]
    assert [(d.kind, d.changes[0].what) for d in differences(old, old[::-1])] == [("edition", "order")]
    new = copy.deepcopy(old)
    new[0]["lessons"].reverse()
    new[1]["quizzes"][0]["items"].reverse()
    found = differences(old, new)
    assert [(d.code, d.changes[0].what, d.changes[0].path) for d in found] == [
        ("CO-101", "order", ("lessons",)), ("CO-102-Q", "order", ("items",)),
    ]  # fmt: skip


def test_each_kind_of_change_says_what_it_is() -> None:
    new = content()
    lesson, quiz = new["lessons"][0], new["quizzes"][0]
    lesson["blocks"][1]["es"] = "Uno dos tres (español)"
    lesson["blocks"][2], lesson["blocks"][3] = lesson["blocks"][3], lesson["blocks"][2]
    quiz["rules"]["pass_percent"] = 80
    quiz["items"][0]["options"][0]["correct"], quiz["items"][0]["options"][1]["correct"] = False, True
    found = {d.code: d for d in differences([content()], [new])}
    assert list(found) == ["CO-101-L1", "CO-101-Q", "CO-101-01"]
    assert {c.what for c in found["CO-101-L1"].changes} == {"text", "moved"}
    rule = found["CO-101-Q"].changes[0]
    assert (rule.path, rule.before, rule.after) == (("rules", "pass_percent"), "70", "80")
    assert [(c.place, c.is_key, c.after) for c in found["CO-101-01"].changes] == [
        ("A", True, "false"), ("B", True, "true"),
    ]  # fmt: skip
    assert found["CO-101-01"].reads == "CO-101-Q"


def test_words_are_compared_and_not_whole_texts() -> None:
    assert word_changes("Keep the seal.", "Keep the new seal.") == [
        ("same", "Keep the "), ("in", "new "), ("same", "seal."),
    ]  # fmt: skip
    assert word_changes("", "All") == [("in", "All")]
