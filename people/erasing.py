"""What erasing a person does: the registry to which each app adds its step.

Steps run inside one transaction (`people.services.erasure`), those of the upper floors first, while the person still
stands as before; the account itself comes last.
"""

from __future__ import annotations

import re
import secrets
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import User

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
ERASED = "Erased · Suprimida"  # stands where the given names stood, in both languages


class Reason(models.TextChoices):
    """Why a person is erased. Codes only: a free text could say again what is erased."""

    REQUESTED = "requested", _("The person asked for it")
    NOT_NEEDED = "not_needed", _("The purpose is over: the person no longer takes part")
    MISTAKE = "mistake", _("The account was made by mistake")
    SCHEDULE = "schedule", _("The retention schedule")


@dataclass(slots=True)
class Erasure:
    """One erasure under way: who, as what, and what was done. Files go last, when all else has succeeded."""

    person: User
    pseudonym: str
    email: str
    names: tuple[str, ...]
    officer_number: str
    done: Counter[str] = field(default_factory=Counter)
    files: list[Path] = field(default_factory=list)

    @classmethod
    def of(cls, person: User) -> Erasure:
        """The person as it stands, with a pseudonym that tells nothing of it."""
        names = (person.given_names, person.surname_1, person.surname_2)
        return cls(person, new_pseudonym(), person.email, names, person.officer_number)

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What would tell in a text who the person was."""
        full = " ".join(name for name in self.names if name)
        return tuple(text for text in (full, self.email, self.officer_number, *self.names) if len(text) > 2)

    def is_named_in(self, text: str) -> bool:
        """Whether a text names the person, in whole words, whatever the capitals and accents."""
        return names_any(text, self.identifiers)

    def without_names(self, value: Any, *, leaving_out: Container[str] = ()) -> Any:
        """Plain data in which each text that names the person is the pseudonym; keys to leave out are left out."""
        if isinstance(value, dict):
            kept = {key: part for key, part in value.items() if key not in leaving_out}
            return {key: self.without_names(part, leaving_out=leaving_out) for key, part in kept.items()}
        if isinstance(value, list):
            return [self.without_names(part, leaving_out=leaving_out) for part in value]
        return self.pseudonym if isinstance(value, str) and self.is_named_in(value) else value

    def remove(self, name: str, rows: models.QuerySet[Any]) -> None:
        """Delete rows and count them under the name of their table."""
        self.done[name] += rows.count()
        rows.delete()

    def remove_files(self) -> None:
        """Delete the files and folders that the steps named.

        Raises:
            OSError: one cannot be deleted.
        """
        for path in self.files:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        self.done["files"] += len(self.files)


Step = Callable[[Erasure], None]


@dataclass(frozen=True, slots=True)
class Effect:
    """A step and the sentence that says beforehand what it will do."""

    says: str | Promise
    step: Step
    place: int


_effects: dict[str, Effect] = {}


def erases(name: str, *, says: str | Promise, place: int) -> Callable[[Step], Step]:
    """Register one step. Steps run in the order of their `place`; 900 and above are kept for the account itself."""

    def register(step: Step) -> Step:
        _effects[name] = Effect(says, step, place)
        return step

    return register


def effects() -> list[Effect]:
    """All steps in their order."""
    return sorted(_effects.values(), key=lambda effect: effect.place)


def names_any(text: str, identifiers: Iterable[str]) -> bool:
    """Whether one of these stands in a text in whole words, whatever the capitals and accents."""
    found = "|".join(re.escape(_folded(each)) for each in identifiers if each)
    return bool(found and re.search(rf"(?<![^\W_])(?:{found})(?![^\W_])", _folded(text)))


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def new_pseudonym() -> str:
    """A name for nobody: random, so that it can be computed from nothing. 50 random bits."""
    return "X-" + "".join(secrets.choice(ALPHABET) for _ in range(10))
