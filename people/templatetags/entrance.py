"""What the entrance and the lock need to know about this request and this installation."""

from __future__ import annotations

import ipaddress
import math
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from .. import idle
from ..filling import filled
from ..identity_providers import IdentityProvider, identity_providers

register = template.Library()


@register.simple_tag
def idle_minutes() -> int:
    """After how many minutes a page locks, as people say it; 0 when it never does."""
    return math.ceil(idle.idle_seconds() / 60)


@register.simple_tag(takes_context=True)
def lock_of_the_page(context: dict[str, Any]) -> SafeString:
    """The lock that script shows when nobody was there for so long; none for strangers and on the lock's own page."""
    user, minutes = context.get("user"), idle_minutes()
    if not minutes or user is None or not user.is_authenticated or context.get("is_lock_page"):
        return SafeString()
    return filled(
        "people/lock.html",
        holes={"csrf_token": context["csrf_token"], "name": user.full_name or user.email, "who": user.pk},
        minutes=minutes,
        idle=round(idle.idle_seconds() * 1000),
    )


@register.simple_tag(name="identity_providers")
def _identity_providers() -> list[IdentityProvider]:
    """The Participants' own entrances."""
    return identity_providers()


@register.simple_tag(takes_context=True)
def passkey_address(context: dict[str, Any]) -> str:
    """Nothing where passkeys work. A browser gives none to a bare IP address: there, this page under `localhost`."""
    request: HttpRequest = context["request"]
    host, _colon, port = request.get_host().partition(":")
    try:
        is_local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        return ""
    return f"http://localhost{f':{port}' if port else ''}{request.get_full_path()}" if is_local else ""


BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


@register.filter
def browser(user_agent: str) -> str:
    """`Firefox, Windows`: what people call the browser and the system that wrote this line, or its beginning."""
    known = next((name for name in BROWSERS if f"{name}/" in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return ", ".join(part for part in (NAMES.get(known, known), system) if part) or user_agent[:40] or "–"
