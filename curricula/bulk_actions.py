"""More time, another cohort, a message: done to many officers at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people import clock
from people.exceptions import DomainError
from people.models import User
from people.services.correspondence import Draft, write_letter

from .access import cohorts_visible_to
from .bulk import BulkAction, BulkForm, Given, bulk_action
from .exceptions import InThatCohortBefore, PlaceNotOpen, Unreachable
from .models import Cohort, Enrollment
from .round_forms import date_field
from .services.life import extend, transfer, why_not_extended

MESSAGE = "manager_message"


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("A word or two; it is kept with each officer. No diagnosis.")
    )


class ExtendForm(BulkForm):
    """Until when, and why."""

    due_on = date_field(label=_("Own due date"))
    reason = reason_field()

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError(_("The new due date lies in the past. Choose today or a later day."))
        return day

    def given(self) -> dict[str, Any]:
        return super().given() | {"due_on": self.cleaned_data["due_on"].isoformat()}


class MoveForm(BulkForm):
    """To which cohort, and why."""

    cohort_to = forms.ModelChoiceField(
        label=_("Cohort"), queryset=Cohort.objects.none(), help_text=_("One of the same curriculum that is still open.")
    )
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = cohorts_visible_to(self.user).exclude(pk=self.cohort.pk)
        open_ones = others.filter(
            Q(participant=self.cohort.participant_id) | Q(participant=None) | Q(participant=self.user.participant_id),
            edition__curriculum=self.cohort.edition.curriculum_id,
            closes_on__gte=clock.today(),
        )
        self.fields["cohort_to"].queryset = open_ones  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return super().given() | {"cohort_to": self.cleaned_data["cohort_to"].pk}


class MessageForm(BulkForm):
    """The same message in both languages; each officer gets it in the own one."""

    subject_en = forms.CharField(label=_("Subject in English"), max_length=120)
    text_en = forms.CharField(label=_("Message in English"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))
    subject_es = forms.CharField(label=_("Subject in Spanish"), max_length=120)
    text_es = forms.CharField(label=_("Message in Spanish"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))


def _sentences(refused: Mapping[int, DomainError]) -> dict[int, str]:
    return {pk: str(refusal) for pk, refusal in refused.items()}


def cannot_extend(enrollments: Sequence[Enrollment], given: Given) -> dict[int, str]:
    day = dt.date.fromisoformat(given["due_on"])
    return _sentences({one.pk: refusal for one in enrollments if (refusal := why_not_extended(one, day))})


def do_extend(enrollment: Enrollment, given: Given, by: User) -> None:
    extend(enrollment=enrollment, due_on=dt.date.fromisoformat(given["due_on"]), reason=given["reason"], by=by)


def cannot_move(enrollments: Sequence[Enrollment], given: Given) -> dict[int, str]:
    there = Enrollment.objects.filter(cohort=given["cohort_to"]).values_list("person", "cohort__code")
    code_by_person = dict(there)
    refused: dict[int, DomainError] = {}
    for one in enrollments:
        if not one.is_following:
            refused[one.pk] = PlaceNotOpen(state=one.get_state_display())
        elif one.person_id in code_by_person:
            refused[one.pk] = InThatCohortBefore(name=one.person.full_name, cohort=code_by_person[one.person_id])
    return _sentences(refused)


def do_move(enrollment: Enrollment, given: Given, by: User) -> None:
    transfer(enrollment=enrollment, cohort=Cohort.objects.get(pk=given["cohort_to"]), reason=given["reason"], by=by)


def cannot_be_written_to(enrollments: Sequence[Enrollment], _given: Given) -> dict[int, str]:
    return _sentences({one.pk: Unreachable() for one in enrollments if not one.person.is_active})


def do_write(enrollment: Enrollment, given: Given, by: User) -> None:
    person = enrollment.person
    if not person.is_active:
        raise Unreachable
    values = {**given, "name": person.full_name, "by": by.full_name}
    write_letter(kind=MESSAGE, draft=Draft(to=person, values=values, reply_to=by.email))


bulk_action(BulkAction("extend", _("Give more time"), ExtendForm, cannot_extend, do_extend))
bulk_action(BulkAction("move", _("Transfer to another cohort"), MoveForm, cannot_move, do_move))
bulk_action(BulkAction("message", _("Write a message"), MessageForm, cannot_be_written_to, do_write))
