"""What reminders hold about a person: the log, and what supervisors were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.erasing import Erasure, erases
from people.held_data import Field, Row, held
from people.models import Letter, Participant, User
from people.retaining import Expired, retained

from .models import Reminder
from .reminder_letter_kinds import ESCALATED


@held(
    "reminders",
    title=_("Reminders"),
    about=_("Of what you were reminded, and what was held back and why; also that your supervisor was told."),
    place=108,
    fields=(
        Field("cohort", _("Cohort")),
        Field("kind", _("What about"), lambda: dict(Reminder.Kind.choices)),
        Field("day", _("Day that it is about")),
        Field("days", _("Days until it, or since")),
        Field("state", _("State"), lambda: dict(Reminder.State.choices)),
        Field("reason", _("Why it was held back"), lambda: dict(Reminder.Reason.choices)),
        Field("at", _("When")),
    ),
)
def reminders(person: User) -> Iterable[Row]:
    """All about the person's own enrollments, the oldest first."""
    columns = ("enrollment__cohort__code", "kind", "day", "number", "state", "reason", "written_at")
    return Reminder.objects.filter(enrollment__person=person).order_by("written_at", "pk").values_list(*columns)


@held(
    "reminders_as_supervisor",
    title=_("What you were told as a supervisor"),
    about=_("That officers whom you supervise were reminded without effect. Their names stand in the e-mail alone."),
    place=109,
    fields=(Field("cohort", _("Cohort")), Field("at", _("When"))),
    covers=["curricula.Reminder.recipient"],
)
def reminders_as_supervisor(person: User) -> Iterable[Row]:
    """Those about others, the oldest first."""
    mine = Reminder.objects.filter(recipient=person).exclude(enrollment__person=person).order_by("written_at", "pk")
    return mine.values_list("enrollment__cohort__code", "written_at")


@erases(
    "reminders",
    says=_("The log of reminders is removed; what a supervisor was told about the person carries the pseudonym."),
    place=205,
)
def forget_reminders(erasure: Erasure) -> None:
    """Subjects of those letters count officers and name none."""
    person = erasure.person
    erasure.remove("curricula.Reminder", Reminder.objects.filter(Q(enrollment__person=person) | Q(recipient=person)))
    for letter in Letter.objects.filter(kind=ESCALATED, recipient__participant=person.participant_id):
        unnamed = erasure.without_names(letter.context)
        if unnamed != letter.context:
            Letter.objects.filter(pk=letter.pk).update(context=unnamed)


def remove_reminders(keys: Sequence[Any]) -> int:
    """Remove rows of the log."""
    return Reminder.objects.filter(pk__in=keys).delete()[0]


@retained(
    "reminders",
    title=_("Log of reminders"),
    about=_("Who was reminded of what, and what was held back and why, in cohorts that have been closed for so long."),
    suggested_days=365,
    remove=remove_reminders,
)
def old_reminders(participant: Participant, before: dt.datetime) -> Iterable[Expired]:
    """Those of open cohorts stay: they say what an officer was told already."""
    rows = Reminder.objects.filter(
        enrollment__participant=participant, written_at__lt=before, enrollment__cohort__closes_on__lt=before.date()
    )
    return (Expired(at, pk) for at, pk in rows.order_by("written_at", "pk").values_list("written_at", "pk"))
