"""What a checker of certificates types or sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .signing.checking import LARGEST_FILE


class CodeForm(forms.Form):
    """A code or a number."""

    code = forms.CharField(label=_("Code or number on the certificate"), max_length=64, strip=True)


class FileForm(forms.Form):
    """The PDF itself."""

    file = forms.FileField(label=_("The PDF file"))

    def clean_file(self) -> Any:
        """Refuse what is too large to be a certificate."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is too large to be a certificate. Choose the PDF that was issued."), code="too_large"
            )
        return file
