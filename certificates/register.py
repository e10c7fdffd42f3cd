"""The register of certificates: what is looked for in it, from an address or from a job's parameters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curricula.models import Cohort, Curriculum
from people import clock
from people.models import Office, User

from .access import credentials_managed_by
from .codes import tidy_number
from .models import Standing
from .models.credential import CredentialQuerySet


class _Day(forms.DateField):
    """A day that need not be given, chosen in the browser's own calendar."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class RegisterFilter(forms.Form):
    """Each field narrows; what is not filled in does not. The address keeps all of them."""

    who = forms.CharField(label=_("Name, officer number or certificate"), required=False, max_length=120)
    standing = forms.ChoiceField(
        label=_("How it stands"), required=False, choices=lambda: [("", _("all")), *Standing.choices]
    )
    curriculum = forms.ModelChoiceField(
        Curriculum.objects.none(), label=_("Curriculum"), required=False, to_field_name="code", empty_label=_("all")
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label=_("Cohort"), required=False, to_field_name="code", empty_label=_("all")
    )
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), required=False, empty_label=_("all"))
    issued_from = _Day(_("Issued from"))
    issued_until = _Day(_("Issued until"))
    ends_until = _Day(_("Ends until"))

    def __init__(self, data: Any, *, reader: User) -> None:
        super().__init__(data)
        self.all = credentials_managed_by(reader)
        choices = {
            "curriculum": Curriculum.objects.filter(editions__credentials__in=self.all).distinct(),
            "cohort": Cohort.objects.filter(enrollments__credentials__in=self.all).distinct(),
            "office": Office.objects.filter(pk__in=self.all.values("person__office")).select_related("agency"),
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found

    def found(self) -> CredentialQuerySet:
        """What the reader may manage and the filter lets through, the latest first; nothing while it cannot be read."""
        if not self.is_valid():
            return self.all.none()
        wanted = self.cleaned_data
        found = self.all.standing(wanted["standing"], clock.now()) if wanted["standing"] else self.all
        plain = {
            "edition__curriculum": wanted["curriculum"],
            "enrollment__cohort": wanted["cohort"],
            "person__office": wanted["office"],
            "issued_at__date__gte": wanted["issued_from"],
            "issued_at__date__lte": wanted["issued_until"],
            "valid_until__lte": wanted["ends_until"],
        }
        found = found.filter(**{name: value for name, value in plain.items() if value})
        for word in wanted["who"].split():
            found = found.filter(_called(word))
        return found.order_by("-issued_at", "-pk")

    @property
    def is_narrowed(self) -> bool:
        """Whether any field is filled in."""
        return self.is_valid() and any(self.cleaned_data.values())


def _called(word: str) -> Q:
    names = Q()
    for field in ("given_names", "surname_1", "surname_2", "officer_number"):
        names |= Q(**{f"person__{field}__icontains": word})
    number = tidy_number(word)
    return names | Q(number=number) if number else names
