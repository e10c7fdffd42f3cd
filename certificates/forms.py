"""What a checker of certificates types or sends, and what a manager says of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.exceptions import DomainError
from people.uploads import Kind, UploadRefused, check_upload

from .models import CertificateDesign
from .payload import Design, Pair
from .pdf.words import WORDS
from .services.designs import SENTENCES, check_sentences
from .signing.checking import LARGEST_FILE

NO_PDF = {"empty", "wrong_kind", "svg"}
"""Whoever sends something else gets the verdict on the file, not an error of the form."""
MOST_UNPACKED = 32 * 1024 * 1024  # bytes; a certificate has about 300,000


class CodeForm(forms.Form):
    """A code or a number."""

    code = forms.CharField(label=_("Code or number on the certificate"), max_length=64, strip=True)


class ReasonForm(forms.Form):
    """Why a certificate is suspended or revoked."""

    reason_en = forms.CharField(label=_("Reason in English"), max_length=200, strip=True)
    reason_es = forms.CharField(label=_("Reason in Spanish"), max_length=200, strip=True)


class DesignForm(forms.ModelForm):  # type: ignore[type-arg]
    """The design of a curriculum's certificates, its paper and its sentences."""

    class Meta:
        model = CertificateDesign
        fields = [
            *("code", "paper", "opening_en", "opening_es", "statement_en", "statement_es"),
            *("closing_en", "closing_es"),
        ]
        widgets = {"code": forms.RadioSelect, "paper": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in SENTENCES:
            for language in ("en", "es"):
                field = self.fields[f"{each}_{language}"]
                field.help_text = _("Standard: %(sentence)s") % {"sentence": getattr(WORDS[each], language)}
                field.widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        """What the service would refuse is said here, too, so that nothing is drawn that could not be saved."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                check_sentences(self.design)
            except DomainError as refusal:
                raise forms.ValidationError(str(refusal), code=refusal.code) from None
        return cleaned

    def _post_clean(self) -> None:
        """The row is written by the service, and its constraints are what `check_sentences` says in words."""

    @property
    def design(self) -> Design:
        """What was filled in, sentences that are empty left so."""
        said = self.cleaned_data
        pairs = {each: Pair(said[f"{each}_en"], said[f"{each}_es"]) for each in SENTENCES}
        return Design(said["code"], said["paper"], **pairs)


class FileForm(forms.Form):
    """The PDF itself."""

    file = forms.FileField(label=_("The PDF file"))

    def clean_file(self) -> Any:
        """Refuse what cannot be a certificate: too large, or a PDF that unpacks to a flood."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is too large to be a certificate. Choose the PDF that was issued."), code="too_large"
            )
        try:
            check_upload(
                file, kinds={Kind.PDF}, most_bytes=LARGEST_FILE, most_unpacked_bytes=MOST_UNPACKED, is_kept=False
            )
        except UploadRefused as refusal:
            if refusal.reason in NO_PDF:
                return file
            raise forms.ValidationError(str(refusal), code=refusal.reason) from None
        return file
