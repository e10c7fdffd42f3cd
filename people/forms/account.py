"""The forms of one's own account."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .. import unlocking
from ..models import User


class LanguageForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["preferred_language"]
        labels: ClassVar[dict[str, Any]] = {"preferred_language": _("Language of e-mails to you")}


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Every key that is added here signs in by itself: it checks the person, and needs no password beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields.pop("passwordless")

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return dict(super().clean())


class UnlockForm(forms.Form):
    """One of three proofs. The prefix keeps its fields apart from those of the page that was locked."""

    prefix = "unlock"
    password = forms.CharField(required=False, strip=False)
    credential = forms.CharField(required=False)
    code = forms.CharField(required=False)
    send = forms.BooleanField(required=False)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.is_sent = False
        super().__init__(*args, **kwargs)

    @classmethod
    def is_in(cls, names: Any) -> bool:
        """Whether the posted names hold an attempt to unlock."""
        return any(str(name).startswith(f"{cls.prefix}-") for name in names)

    @property
    def opens(self) -> bool:
        """Whether the person has shown who they are. Sending a code opens nothing yet."""
        return self.is_valid() and not self.is_sent

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given["send"]:
            unlocking.send_code(self.request)
            self.is_sent = True
        elif given["credential"]:
            unlocking.check_passkey(self.request, given["credential"])
        elif given["code"]:
            unlocking.check_code(self.request, given["code"])
        elif given["password"]:
            unlocking.check_password(self.request, given["password"])
        else:
            raise ValidationError(_("Write your password or a code, or use a passkey."))
        return given
