"""Forms of the program managers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from people.models import Participant

from .models import CurriculumEdition


class CohortForm(WagtailAdminModelForm):
    """A cohort of the own Participant, or a joint one, that follows the edition published now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, edition = self.for_user, self.fields.get("edition")
        if edition:
            published = CurriculumEdition.objects.filter(state=CurriculumEdition.State.PUBLISHED)
            own = CurriculumEdition.objects.filter(pk=self.instance.edition_id)
            edition.queryset = (published | own).select_related("curriculum")
        if person and person.participant_id and "participant" in self.fields:
            own_side = Participant.objects.filter(pk=person.participant_id)
            self.fields["participant"].queryset = own_side


class RosterForm(forms.Form):
    """A roster to look at."""

    file = forms.FileField(
        label=_("Roster (CSV)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={"required": _("Choose a file first.")},
    )
