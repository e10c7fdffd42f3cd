"""How often something may be asked for: counted together by all processes, in the cache that they share.

A rate is written as in django-allauth: `30/m/ip` is thirty in a minute from one address; `user` counts by person and
`key` by what the caller names, such as an e-mail address; several are separated by commas. Windows begin at full
minutes (hours, days), so that across a boundary twice the amount can pass.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import Rate, parse_rates, truncate_ip
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render


def limited(action: str, *, methods: tuple[str, ...] = ("POST",), when: str = "") -> Callable[..., Any]:
    """A view's turnstile: past the rates of `action` in PUENTE_RATE_LIMITS it answers 429 and says when to try again.

    Args:
        methods: the methods that count; HEAD counts as GET.
        when: count only requests whose query holds this name, such as `q` of a search.
    """

    def door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            method = "GET" if request.method == "HEAD" else request.method
            if method in methods and (not when or request.GET.get(when)):
                seconds = seconds_to_wait(request, action)
                if seconds:
                    return too_many(request, seconds)
            return view(request, *args, **kwargs)

        return counted

    return door


def seconds_to_wait(request: HttpRequest, action: str, *, key: str = "") -> int:
    """Count one more of `action`: 0 when it may be done, else the seconds until it may be tried again.

    Raises:
        ImproperlyConfigured: PUENTE_RATE_LIMITS does not know the action, or a rate lacks its person or key.
    """
    if action not in settings.PUENTE_RATE_LIMITS:
        raise ImproperlyConfigured(f"PUENTE_RATE_LIMITS has no rate for {action!r}.")
    now = time.time()
    waits = [
        _wait(f"{action}:{rate}:{_source(request, rate, key)}", rate, now)
        for rate in parse_rates(settings.PUENTE_RATE_LIMITS[action])
    ]
    return max(waits, default=0)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that says so (429), with Retry-After in seconds."""
    minutes = math.ceil(seconds / 60)
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def client_address(request: HttpRequest) -> str:
    """Who asks: the peer, or behind proxies the address that the outermost trusted one saw
    (PUENTE_TRUSTED_PROXIES); an IPv6 address counts with its network."""
    return str(truncate_ip(get_adapter(request).get_client_ip(request)))


def _source(request: HttpRequest, rate: Rate, key: str) -> str:
    if rate.per == "ip":
        return f"ip:{client_address(request)}"
    if rate.per == "user":
        return f"user:{request.user.pk}" if request.user.is_authenticated else f"ip:{client_address(request)}"
    if not key:
        raise ImproperlyConfigured(f"The rate {rate} counts by key, but none is given.")
    return hashlib.sha256(key.encode()).hexdigest()


def _wait(name: str, rate: Rate, now: float) -> int:
    """Count in the window of this moment. Adding the counter and counting are each atomic."""
    window = int(now // rate.duration)
    counter = f"limit:{name}:{window}"
    cache.add(counter, 0, timeout=rate.duration + 1)
    try:
        count = cache.incr(counter)
    except ValueError:  # it ended between the two
        return 0
    return 0 if count <= rate.amount else max(1, math.ceil((window + 1) * rate.duration - now))
