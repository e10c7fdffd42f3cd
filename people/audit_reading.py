"""Reading the record: who sees which entries, the filters, and what of an entry is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .access import may
from .audit import MASK
from .audit_actions import (
    FACTS,
    choice_of_field,
    choices_of_actions,
    choices_of_objects,
    name_of,
    name_of_field,
    sentence_of,
    word_of,
)
from .models import AuditEntry, Participant, User
from .roles import Right

PERSON = User._meta.label_lower
NOTHING = "–"
MOST_PEOPLE = 200
"""So many people may answer to what is typed; who types less than a name gets those that come first."""


def entries_visible_to(user: User | AnonymousUser) -> QuerySet[AuditEntry]:
    """The entries that a person may read.

    An entry belongs to the Participant whose records it concerns; when it concerns neither's, to the one that acted;
    when nobody acted, to the system. An administrator reads those of the own Participant and of the system; an operator
    with all rights reads all.
    """
    if not user.is_authenticated or not may(user, Right.READ_AUDIT):
        return AuditEntry.objects.none()
    if user.is_superuser:
        return AuditEntry.objects.all()
    nobodys = Q(concerns__isnull=True, acting_for__isnull=True)
    if user.participant_id is None:
        return AuditEntry.objects.filter(nobodys)
    own = Q(concerns=user.participant_id) | Q(concerns__isnull=True, acting_for=user.participant_id)
    return AuditEntry.objects.filter(own | nobodys)


def people_named_to(user: User) -> QuerySet[User]:
    """Whose names a reader of the record sees: those of the own Participant, and of nobody's."""
    if user.is_superuser:
        return User.objects.all()
    return User.objects.filter(Q(participant=user.participant_id) | Q(participant__isnull=True))


class RecordFilter(forms.Form):
    """What is looked for in the record: a person as who acted, and as who it was done to."""

    person = forms.CharField(
        label=gettext_lazy("Name or e-mail of a person"), required=False, max_length=120, strip=True
    )
    action = forms.ChoiceField(
        label=gettext_lazy("What"),
        required=False,
        choices=lambda: [("", _("Everything")), *choices_of_actions()],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("On what"),
        required=False,
        choices=lambda: [("", _("Everything")), *choices_of_objects()],
    )
    number = forms.CharField(label=gettext_lazy("Number of the object"), required=False, max_length=64, strip=True)
    from_on = forms.DateField(
        label=gettext_lazy("First day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until_on = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def narrow(self, entries: QuerySet[AuditEntry], *, reader: User) -> QuerySet[AuditEntry]:
        """The entries that the filter lets through; none while a field cannot be read. One query for a person."""
        if not self.is_valid():
            return entries.none()
        wanted = self.cleaned_data
        if person := wanted["person"]:
            entries = entries.filter(_about(_people_called(person, reader)))
        if (action := wanted["action"]).startswith("."):
            entries = entries.filter(action__endswith=action)
        elif action:
            entries = entries.filter(action=action)
        if kind := wanted["kind"]:
            entries = entries.filter(object_type=kind)
        if number := wanted["number"]:
            entries = entries.filter(object_id=number)
        if from_on := wanted["from_on"]:
            entries = entries.filter(at__gte=_midnight(from_on))
        if until_on := wanted["until_on"]:
            entries = entries.filter(at__lt=_midnight(until_on + dt.timedelta(days=1)))
        return entries

    @property
    def names_used(self) -> list[str]:
        """Which fields are filled in; what they say may name a person, and goes nowhere."""
        return [name for name, value in self.cleaned_data.items() if value] if self.is_valid() else []


def _people_called(words: str, reader: User) -> list[int]:
    """Numbers of the people whom all the words fit, among those whose names the reader sees."""
    found = people_named_to(reader)
    for word in words.split():
        fits = Q(email__icontains=word)
        for name in ("given_names", "surname_1", "surname_2"):
            fits |= Q(**{f"{name}__icontains": word})
        found = found.filter(fits)
    return list(found.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])


def _about(people: Sequence[int]) -> Q:
    return Q(actor__in=people) | Q(object_type=PERSON, object_id__in=[str(pk) for pk in people])


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


@dataclass(frozen=True, slots=True)
class Detail:
    """A value that changed, or a fact: its name, what it was, what it is."""

    name: str
    before: str
    after: str
    is_change: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the reader's language."""

    entry: AuditEntry
    what: str
    who: str
    acting_for: str
    concerns: str
    kind: str
    details: list[Detail]
    on_whom: str = ""


def lines_of(entries: Iterable[AuditEntry], *, reader: User) -> list[Line]:
    """The entries as they are shown: two queries more, whatever their number."""
    entries = list(entries)
    wanted = {entry.actor_id for entry in entries if entry.actor_id} | {
        int(entry.object_id) for entry in entries if entry.object_type == PERSON and entry.object_id.isdecimal()
    }
    people = {person.pk: person for person in people_named_to(reader).filter(pk__in=wanted)}
    sides = dict(Participant.objects.values_list("pk", "code"))
    return [_line(entry, people, sides) for entry in entries]


def all_lines(entries: QuerySet[AuditEntry], *, reader: User, at_once: int = 2000) -> Iterator[Line]:
    """The same for any number of entries, in constant memory."""
    for batch in batched(entries.iterator(chunk_size=at_once), at_once):
        yield from lines_of(batch, reader=reader)


def _line(entry: AuditEntry, people: dict[int, User], sides: dict[int, str]) -> Line:
    on_whom = people.get(int(entry.object_id)) if entry.object_type == PERSON and entry.object_id.isdecimal() else None
    return Line(
        entry=entry,
        what=sentence_of(entry.action),
        who=_name(entry.actor_id, people),
        acting_for=sides.get(entry.acting_for_id or 0, ""),
        concerns=sides.get(entry.concerns_id or 0, ""),
        kind=name_of(entry.object_type),
        details=_details(entry),
        on_whom=on_whom.full_name if on_whom else "",
    )


def _name(actor: int | None, people: dict[int, User]) -> str:
    """The name, while there is one and the reader may see it; else the number alone."""
    if actor is None:
        return _("the system")
    person = people.get(actor)
    return person.full_name if person else _("person %(number)s") % {"number": actor}


def _details(entry: AuditEntry) -> list[Detail]:
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    kind = entry.object_type
    changes = []
    for name in names:
        before, after = (_said(choice_of_field(kind, name, part.get(name))) for part in (entry.before, entry.after))
        if name in entry.before or after != NOTHING:
            changes.append(Detail(name_of_field(kind, name), before, after, name in entry.before))
    return changes + [
        Detail(str(FACTS.get(name, name)), "", _said(_in_words(entry.action, name, value)), False)
        for name, value in entry.data.items()
    ]


def _in_words(action: str, fact: str, value: Any) -> Any:
    if isinstance(value, list):
        return [word_of(action, fact, part) for part in value]
    return word_of(action, fact, value)


def _said(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if value == MASK:
        return _("(not kept)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_said(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_said(part)}" for name, part in value.items())
    return str(value)
