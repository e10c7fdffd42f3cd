"""To a Participant's identity provider and back: django-allauth's own views, with an address that has no language."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

LANGUAGE = "puente_language"


@require_POST
@never_cache
def enter(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider. By a page and not by a redirect: the policy lets forms lead only to this site."""
    request.session[LANGUAGE] = translation.get_language()
    try:
        response: HttpResponse = openid_connect.login(request, provider_id)
    except requests.RequestException:
        return render(request, "socialaccount/away.html", status=503)
    if response.status_code != 302:
        return response
    address = response.headers["Location"]
    return render(request, "socialaccount/going.html", {"address": address, "host": urlsplit(address).hostname})


@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the person back to, in the language that they left."""
    with translation.override(request.session.get(LANGUAGE) or translation.get_language()):
        response: HttpResponse = openid_connect.callback(request, provider_id)
        return response
