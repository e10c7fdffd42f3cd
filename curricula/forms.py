"""Forms of the program managers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.own_side import OwnSideForm
from people.uploads import Kind, UploadRefused, check_upload

from .models import CurriculumEdition
from .roster.errors import RosterError
from .roster.reading import MAX_BYTES
from .roster_messages import sentence


class CohortForm(OwnSideForm):
    """A cohort of the own Participant, or a joint one, that follows the edition published now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = self.fields.get("edition")
        if edition:
            published = CurriculumEdition.objects.filter(state=CurriculumEdition.State.PUBLISHED)
            own = CurriculumEdition.objects.filter(pk=self.instance.edition_id)
            edition.queryset = (published | own).select_related("curriculum")


class RosterForm(forms.Form):
    """A roster to look at."""

    file = forms.FileField(
        label=_("Roster (CSV)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        """Refuse what is no text, judged by its bytes, or too large; the reader of rosters says more about the rest."""
        file = self.cleaned_data["file"]
        try:
            check_upload(file, kinds={Kind.TEXT}, most_bytes=MAX_BYTES, is_kept=False, allow_empty=True)
        except UploadRefused as refusal:
            megabytes = {"megabytes": str(MAX_BYTES // 1024 // 1024)}
            known = {
                "too_large": RosterError("too_large", more=megabytes),
                "wrong_kind": RosterError("binary"),
                "svg": RosterError("binary"),
            }.get(refusal.reason)
            raise forms.ValidationError(sentence(known) if known else str(refusal), code=refusal.reason) from None
        return file
