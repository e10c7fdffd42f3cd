"""A frozen record of decision, ready to be read in the active language; people get their names as they are now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.freezing import sha256_of
from curricula.models import DecisionRecord
from lms.templatetags.puente import clock_time, day
from people.bilingual import choose
from people.models import User

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it: names with their values. `codes` says that the values are hashes."""

    title: str
    rows: Sequence[Pair]
    codes: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The record in one language."""

    title: str
    subject: str
    opening: str
    parts: Sequence[Part]
    closing: str
    sha256: str
    is_whole: bool


def names_in(record: DecisionRecord) -> dict[int, str]:
    """The names of the people whom the facts number. One query."""
    facts = record.facts
    numbers = [facts["proposed"]["person"], facts["published"]["person"], *(a["person"] for a in facts["approvals"])]
    people = User.objects.in_bulk([number for number in numbers if number])
    return {pk: person.full_name for pk, person in people.items()}


def document_of(record: DecisionRecord, names: dict[int, str]) -> Document:
    """The document in the active language. `is_whole` says whether the facts still have the hash that was kept."""
    facts = record.facts
    edition = facts["edition"]
    subject = _("%(title)s, edition %(number)s") % {
        "title": choose(facts["curriculum"]["title"]), "number": edition["number"],
    }  # fmt: skip
    return Document(
        title=_("Record of decision"),
        subject=subject,
        opening=_(
            "Both Participants have approved exactly the content named here, by different people, and it was published "
            "in English and in Spanish in one act."
        ),
        parts=[
            Part(_("What was decided"), _decided(facts)),
            Part(_("Who decided"), _people(facts, names)),
            Part(_("Goals that it serves"), _goals(facts)),
            Part(_("What it holds"), _courses(facts)),
            Part(_("What is frozen"), [(_("Edition"), edition["sha256"]), (_("This record"), record.sha256)], True),
        ],
        closing=_("Made in duplicate, in English and in Spanish; both texts have the same rank."),
        sha256=record.sha256,
        is_whole=sha256_of(facts) == record.sha256,
    )


def _decided(facts: dict[str, Any]) -> list[Pair]:
    edition, owner = facts["edition"], facts["owner"]
    rows = [
        (_("Curriculum"), f"{facts['curriculum']['code']} · {choose(facts['curriculum']['title'])}"),
        (_("Edition"), edition["number"]),
        (_("Working group that owns it"), choose(owner["name"]) if owner else _("none is named")),
    ]
    if edition["supersedes"]:
        rows.append((_("Takes the place of"), _("edition %(number)s") % {"number": edition["supersedes"]}))
    if edition["reason"]:
        rows.append((_("Reason for the correction"), edition["reason"]))
        rows.append((_("What is corrected"), ", ".join(edition["corrected"])))
    asked = ngettext("%(n)s request was made and answered", "%(n)s requests were made and answered", facts["requests"])
    rows.append((_("Requests for changes"), asked % {"n": facts["requests"]} if facts["requests"] else _("none")))
    return rows


def _people(facts: dict[str, Any], names: dict[int, str]) -> list[Pair]:
    rows = [(_("Proposed"), _who(facts["proposed"], names))]
    for given in facts["approvals"]:
        participant = f"{given['participant']['code']} · {choose(given['participant']['name'])}"
        rows.append((_("Approved for %(participant)s") % {"participant": participant}, _who(given, names)))
    rows.append((_("Published"), _who(facts["published"], names)))
    return rows


def _who(deed: dict[str, Any], names: dict[int, str]) -> str:
    at = dt.datetime.fromisoformat(deed["at"])
    name = names.get(deed["person"], "") if deed["person"] else _("the system")
    return _("%(name)s, %(day)s, %(time)s") % {"name": name, "day": day(at), "time": clock_time(at)}


def _goals(facts: dict[str, Any]) -> list[Pair]:
    return [
        (f"{choose(goal['instrument']['name'])}, {goal['number']}", choose(goal["name"])) for goal in facts["goals"]
    ]


def _courses(facts: dict[str, Any]) -> list[Pair]:
    hours = _("%(title)s (%(hours)s hours)")
    return [
        (course["code"], hours % {"title": choose(course["title"]), "hours": course["hours"]})
        for course in facts["courses"]
    ]
