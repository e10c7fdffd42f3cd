"""To a Participant's identity provider and back: django-allauth's own views, with an address that has no language."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..token_checks import CheckingAdapter

LANGUAGE = "puente_language"


@require_POST
@never_cache
def enter(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider. By a page and not by a redirect: the policy lets forms lead only to this site."""
    request.session[LANGUAGE] = translation.get_language()
    try:
        response: HttpResponse = openid_connect.login(request, provider_id)
    except (requests.RequestException, OAuth2Error):
        return _away(request)
    if response.status_code != 302:
        return response
    address = response.headers["Location"]
    return render(request, "socialaccount/going.html", {"address": address, "host": urlsplit(address).hostname})


@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the person back to, in the language that they left."""
    with translation.override(request.session.get(LANGUAGE) or translation.get_language()):
        view = OAuth2CallbackView.adapter_view(CheckingAdapter(request, provider_id))
        try:
            response: HttpResponse = view(request)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        except (requests.RequestException, OAuth2Error):
            return _away(request)
        return response


def _away(request: HttpRequest) -> HttpResponse:
    """The provider does not answer, or is not the one that we know."""
    return render(request, "socialaccount/away.html", {"languages": []}, status=503)
