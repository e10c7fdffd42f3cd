"""One's own account: what is known, how one signs in, where one is signed in."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..forms.account import LanguageForm
from ..identity_providers import identity_providers
from ..models import User
from ..second_factor import lacks_second_factor, must_have_second_factor
from ..services.identities import unlink_identities
from ..services.preferences import choose_language


@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """The page; POST saves the language of mails."""
    person = cast("User", request.user)
    form = LanguageForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        choose_language(person=person, language=form.cleaned_data["preferred_language"], by=person)
        messages.success(request, _("Saved. E-mails to you are written in this language."))
        return redirect("account")
    factors = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    linked = set(SocialAccount.objects.filter(user=person).values_list("provider", flat=True))
    kinds = Authenticator.Type
    context = {
        "form": form,
        "passkeys": [factor.wrap() for factor in factors if factor.type == kinds.WEBAUTHN],
        "app": next((factor for factor in factors if factor.type == kinds.TOTP), None),
        "codes": next((factor.wrap() for factor in factors if factor.type == kinds.RECOVERY_CODES), None),
        "identities": [provider for provider in identity_providers() if provider.id in linked],
        "must_have_second_factor": must_have_second_factor(person),
    }
    return render(request, "people/account.html", context)


@login_required
@never_cache
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where staff choose their second factor before anything else."""
    if not lacks_second_factor(request.user):
        return redirect("account")
    return render(request, "people/second_factor.html", {"ways": []})


@login_required
@require_POST
def unlink(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Remove the link to a Participant's identity provider."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    person = cast("User", request.user)
    if unlink_identities(person=person, provider=provider_id, by=person):
        messages.success(request, _("The link is removed."))
    return redirect("account")
