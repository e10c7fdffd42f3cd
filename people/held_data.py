"""What is held about a person: the registry to which each app adds the sections that it holds.

A module `personal_data` of an app registers its sections when Django starts, as `job_kinds` does for jobs. What holds a
foreign key to a person must be covered by a section, or stand on the reviewed list of `tests/architecture`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise

from .models import User

Text = str | Promise
Row = tuple[Any, ...]
"""Plain values in the order of the fields: texts, numbers, days, moments (aware), booleans, None, lists, mappings."""
Rows = Callable[[User], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a row. `key` is its stable name in the JSON file; `names` gives the words for codes."""

    key: str
    title: Text
    names: Callable[[], Mapping[Any, Text]] = dict


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind. `key` is stable; `about` says what it is and why it is held; `covers` names the columns that
    point to the person (`app.Model.field`)."""

    key: str
    title: Text
    about: Text
    fields: tuple[Field, ...]
    rows: Rows
    place: int
    covers: tuple[str, ...]

    def read(self, person: User) -> list[dict[str, Any]]:
        """The rows about a person, by key."""
        keys = [each.key for each in self.fields]
        return [dict(zip(keys, row, strict=True)) for row in self.rows(person)]


_sections: dict[str, Section] = {}
_subjects: dict[str, str] = {}


def held(
    key: str, *, title: Text, about: Text, fields: Iterable[Field], place: int, covers: Iterable[str] = ()
) -> Callable[[Rows], Rows]:
    """Register the function that reads one section. Sections stand in the order of their `place`."""

    def register(rows: Rows) -> Rows:
        _sections[key] = Section(key, title, about, tuple(fields), rows, place, tuple(covers))
        return rows

    return register


def sections() -> list[Section]:
    """All sections in their order."""
    return sorted(_sections.values(), key=lambda section: (section.place, section.key))


def is_about_a_person(model: str, lookup: str) -> None:
    """Say that objects of `app.Model` are about the person at `lookup`: what the audit record says of them is held
    about that person, and names that it quotes are erased with the person."""
    _subjects[model] = lookup


def subjects_of(person: User) -> list[tuple[ContentType, list[str]]]:
    """The objects that are about a person, as the audit record names them: kind, and primary keys as text."""
    found = []
    for label, lookup in _subjects.items():
        model: Any = apps.get_model(label)
        keys = model.objects.filter(**{lookup: person.pk}).values_list("pk", flat=True)
        found.append((ContentType.objects.get_for_model(model), [str(key) for key in keys]))
    return found


def installed(label: str) -> Any:
    """The model of that name where its app is installed, else None."""
    try:
        return apps.get_model(label)
    except LookupError:
        return None
