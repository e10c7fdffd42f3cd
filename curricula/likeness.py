"""Whether two descriptions may be of one person. Pure.

Names are compared without accents and capitals. Two surnames count in either order, and one of them may be missing; of
the given names, one list begins with the other. What is alike is shown to a person, who decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .roster.columns import folded

PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e"})
"""Words of surnames that are written now and then left out."""


@dataclass(frozen=True, slots=True)
class Identity:
    """How somebody is described; `key` is the caller's own. `agency` says where the number was given."""

    key: int | None
    given_names: str
    surname_1: str
    surname_2: str
    email: str
    number: str
    agency: int | None

    @property
    def given(self) -> tuple[str, ...]:
        return tuple(folded(self.given_names).replace("-", " ").split())

    @property
    def surnames(self) -> frozenset[str]:
        words = folded(f"{self.surname_1} {self.surname_2}").replace("-", " ").split()
        return frozenset(word for word in words if word not in PARTICLES) or frozenset(words)


def alike_by_name(one: Identity, other: Identity) -> bool:
    """Whether the names may be of one person."""
    mine, theirs = one.surnames, other.surnames
    if not mine or not theirs or not (mine <= theirs or theirs <= mine):
        return False
    shorter, longer = sorted((one.given, other.given), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


class Known:
    """Those who are known, found by address, number and name without comparing everybody with everybody."""

    def __init__(self, identities: Iterable[Identity]) -> None:
        self.by_email: dict[str, Identity] = {}
        self.by_number: dict[tuple[int | None, str], list[Identity]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[Identity]] = defaultdict(list)
        for each in identities:
            self.add(each)

    def add(self, each: Identity) -> None:
        """One more who is known."""
        if each.email:
            self.by_email.setdefault(each.email.casefold(), each)
        if each.number:
            self.by_number[each.agency, folded(each.number)].append(each)
        for surname in each.surnames if each.given else ():
            self.by_name[each.given[0], surname].append(each)

    def same_address(self, one: Identity) -> Identity | None:
        """Who has this address, whatever the name."""
        return self.by_email.get(one.email.casefold()) if one.email else None

    def resembling(self, one: Identity) -> dict[int, str]:
        """Who else may be this person, by key: `email`, `number` or `name` says why. The first reason counts."""
        found: dict[int, str] = {}  # those who are known have a key
        owner = self.same_address(one)
        if owner and not alike_by_name(owner, one):
            found[_key(owner)] = "email"
        if one.number:
            for each in self.by_number.get((one.agency, folded(one.number)), ()):
                if each is not owner:
                    found.setdefault(_key(each), "number")
        for surname in one.surnames if one.given else ():
            for each in self.by_name.get((one.given[0], surname), ()):
                if each is not owner and alike_by_name(each, one):
                    found.setdefault(_key(each), "name")
        return found


def _key(known: Identity) -> int:
    assert known.key is not None
    return known.key
