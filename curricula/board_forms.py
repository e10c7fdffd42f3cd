"""The filters of the board: what is looked at, kept in the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.bilingual import active

from .models import Enrollment
from .models.cohort import EnrollmentQuerySet

Choices = list[tuple[str, Any]]


class BoardFilter(forms.Form):
    """Which of the officers that the reader may see are counted. Each field narrows; the choices are what is there."""

    agency = forms.ChoiceField(label=_("Agency"), required=False)
    office = forms.ChoiceField(label=_("Office"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *Enrollment.State.choices])

    def __init__(self, data: Any, *, enrollments: EnrollmentQuerySet, has_places: bool = True) -> None:
        super().__init__(data)
        if not has_places:
            del self.fields["agency"], self.fields["office"]
            return
        name = f"office__name_{active()}"
        rows = enrollments.order_by().values_list("agency", "agency__code", "office", name).distinct()
        places = list(rows)
        self._choose("agency", _("all agencies"), {(str(pk), code) for pk, code, _office, _name in places})
        self._choose("office", _("all offices"), {(str(pk), name) for _agency, _code, pk, name in places})

    def _choose(self, field: str, all_of_them: Any, found: Iterable[tuple[str, str]]) -> None:
        choices: Choices = [("", all_of_them), *sorted(found, key=lambda row: (row[1], row[0]))]
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """What narrows, by field; nothing where a value is not understood."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    @property
    def in_words(self) -> list[tuple[Any, Any]]:
        """Label and choice of each field that narrows: what stands on paper, where no form is."""
        return [
            (self.fields[name].label, dict(self.fields[name].choices)[value])  # type: ignore[attr-defined]
            for name, value in self.chosen.items()
        ]

    def applied_to(self, enrollments: EnrollmentQuerySet) -> EnrollmentQuerySet:
        """The enrollments that are counted; none where a value is not understood, which the form says."""
        return enrollments.filter(**self.chosen) if self.is_valid() else enrollments.none()


class CourseChoice(forms.Form):
    """Of which course of the cohort the learning objects or questions are shown; the first unless told."""

    course = forms.ChoiceField(label=_("Course"), required=False)

    def __init__(self, data: Any, *, courses: Choices) -> None:
        super().__init__(data)
        self.fields["course"].choices = courses  # type: ignore[attr-defined]
        self.first = courses[0][0] if courses else ""

    @property
    def code(self) -> str:
        """The code of the course; empty where it is none of the cohort's, which the form says."""
        return (self.cleaned_data["course"] or self.first) if self.is_valid() else ""
