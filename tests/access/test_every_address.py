"""The walk: every address of the project, asked for by everybody, against a list that people have read and agreed to.

`reviewed.csv` holds, for each address, what each of those who walk gets: a status, `sign-in` (sent to the door), or
`refused` (sent back to the administration's first page); a star where staff of the other side is named, an exclamation
mark where a row was made or removed. A new address, or another answer, fails until the list says so. After a change

    PUENTE_WALK=write .venv/bin/python -m pytest tests/access/test_every_address.py -n 0

writes what is measured into the list, to be read as a difference. Nothing is agreed to by that alone: a line in which
the other side gets a 200 on a record is a leak, whatever the list says.
"""

from __future__ import annotations

import csv
import logging
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from .addresses import Address, addresses, routes
from .both_sides import BothSides, build_both_sides
from .walking import WALKERS, ask, outcome

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Wagtail leaves the file of a new rendition open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

LIST = Path(__file__).with_name("reviewed.csv")
WRITING = ("anonymous", "trainee", "other manager", "other administrator")
"""Those who try to change things as well."""

IN_SPANISH = ("anonymous", "other manager")
COLUMNS = ("address", *WALKERS, *(f"{who}: POST" for who in WRITING))

SHOWN_TO_ALL = {"verify/<str:code>/", "verify/<str:code>.json"}
"""Where a holder's name is for everybody: whoever has the code of a certificate has it from the holder."""

WATCHED = {
    "people",
    "jobs",
    "courses",
    "curricula",
    "certificates",
    "reports",
    "wagtailcore",
    "wagtailimages",
    "wagtaildocs",
}
"""The apps of whose rows a POST must not make or take away any."""

Row = dict[str, str]


def reviewed() -> dict[str, Row]:
    """The list, by address."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals need no log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def compare(measured: dict[str, Row], columns: tuple[str, ...]) -> None:
    """Write the list, where asked for; else fail for each line that differs, in the form of the list."""
    known = reviewed() if LIST.exists() else {}
    if os.environ.get("PUENTE_WALK") == "write":
        lines = [{**dict.fromkeys(COLUMNS, ""), **known.get(label, {}), **row} for label, row in measured.items()]
        with LIST.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(sorted(lines, key=lambda line: line["address"]))
        return
    gone = [f"- {label}: no such address any more" for label in known.keys() - measured.keys()]
    new = [
        "+ " + ",".join([label, *(row[name] for name in columns)])
        for label, row in measured.items()
        if {name: known.get(label, {}).get(name) for name in columns} != {name: row[name] for name in columns}
    ]
    assert not [*gone, *new], "not on the reviewed list:\n" + "\n".join([",".join(["address", *columns]), *gone, *new])


def amounts() -> list[int]:
    """How many rows there are of what one could make or remove: one query."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in WATCHED]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in tables))
        return list(cursor.fetchone())


def walk(world: BothSides, who: str, method: str, language: str, places: list[Address]) -> Iterator[tuple[str, str]]:
    """Each address with what came of it. What a request changed is undone before the next."""
    client = world.client(who, raise_request_exception=False)
    leaks: list[str] = []
    for place in places:
        with transaction.atomic():
            before = amounts() if method == "POST" else None
            word, names = outcome(ask(client, method, place.in_language(language)), who)
            if before is not None and before != amounts():
                word += "!"
            transaction.set_rollback(True)
        if names and place.label not in SHOWN_TO_ALL:
            leaks.append(f"{who} reads {names} at {method} {place.label}")
        yield place.label, word
        if "logout" in place.label:
            client = world.client(who, raise_request_exception=False)
    assert not leaks, "\n".join(leaks)


def test_everybody_gets_what_the_list_says_and_nobody_reads_the_other_sides_officers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    began, cpu = time.monotonic(), time.process_time()
    world = build_both_sides()
    places = addresses(world)
    measured: dict[str, Row] = {place.label: {"address": place.label} for place in places}
    asked = 0
    for who in WALKERS:
        for label, word in walk(world, who, "GET", "en", places):
            measured[label][who] = word
            asked += 1
    for who in IN_SPANISH:
        for label, word in walk(world, who, "GET", "es", [place for place in places if place.in_both_languages]):
            assert word == measured[label][who], f"{who} gets {word} in Spanish at {label}"
            asked += 1
    with capsys.disabled():
        said = f"{len(routes())} routes × {len(WALKERS)} identities; {len(places)} addresses, {asked} requests"
        print(f"\n{said}, {time.monotonic() - began:.0f} s ({time.process_time() - cpu:.0f} s of CPU)")  # noqa: T201 (each run shows it)
    compare(measured, WALKERS)
    assert said in (Path(settings.BASE_DIR) / "docs" / "security.md").read_text(encoding="utf-8")


def test_nobody_changes_what_is_not_theirs() -> None:
    world = build_both_sides()
    places = addresses(world)
    measured: dict[str, Row] = {place.label: {"address": place.label} for place in places}
    for who in WRITING:
        for label, word in walk(world, who, "POST", "en", places):
            measured[label][f"{who}: POST"] = word
    compare(measured, COLUMNS[1 + len(WALKERS) :])


def test_nothing_is_changed_without_the_token_of_the_form() -> None:
    """Even the operator's browser, led here by another site, changes nothing."""
    world = build_both_sides()
    client = world.client("operator", raise_request_exception=False, enforce_csrf_checks=True)
    let_through = [
        f"{method} {place.label} {word}"
        for place in addresses(world)
        for method in ("POST", "PUT", "PATCH", "DELETE")
        if (word := outcome(ask(client, method, place.in_language("en")), "operator")[0]) != "403"
    ]
    assert not let_through


def test_each_side_gets_from_the_other_what_the_other_gets() -> None:
    """The walk leads to Mexican objects. To American ones the Mexican side has the same ways, and no more."""
    world = build_both_sides()
    of_one_side = re.compile(
        r"admin/(users|bulk|snippets/(choose/)?(people|curricula|certificates))|manage|jobs|certif|att"
    )
    american, mexican = (
        [place for place in addresses(world, side) if of_one_side.match(place.label)] for side in ("DHS", "SHCP")
    )
    for ours, theirs in (("manager", "other manager"), ("administrator", "other administrator")):
        to_theirs = dict(walk(world, ours, "GET", "en", american))
        to_ours = dict(walk(world, theirs, "GET", "en", mexican))
        assert {k: v.rstrip("*") for k, v in to_theirs.items()} == {k: v.rstrip("*") for k, v in to_ours.items()}
