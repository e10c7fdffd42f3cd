"""The log of what was refused: one line of JSON each, for whoever watches over the installation.

The record (`people.audit`) holds what was done; what was not let through stands here, so that a stranger who knocks ten
thousand times does not make the record grow. A line holds when, what, at which address (without its query), who by
number, and from where; never what was typed.
"""

from __future__ import annotations

import json
import logging
import platform
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from people import clock
from people.limits import client_address

logger = logging.getLogger("puente.security")

EVENTS = {401: "locked or not accepted", 403: "forbidden", 413: "too large", 429: "too often"}
"""What a status says. A 404 counts for those who are signed in: what is not theirs is not found."""


class SecurityLogMiddleware:
    """Writes a line for each refusal. Stands outside of all others, so that theirs are seen too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        event = EVENTS.get(response.status_code)
        if event is None and response.status_code != 404:
            return response
        person = getattr(request, "user", None)
        if event is None and (person is None or not person.is_authenticated):
            return response
        note(event or "not found", request, status=response.status_code)
        return response


def note(event: str, request: HttpRequest, **more: object) -> None:
    """Write a line about a request."""
    person = getattr(request, "user", None)
    line = {
        "at": clock.now().isoformat(timespec="milliseconds"),
        "machine": platform.node(),
        "event": event,
        "method": request.method,
        "address": request.path,
        "person": person.pk if person is not None else None,
        "from": client_address(request),
        **more,
    }
    logger.warning(json.dumps(line, ensure_ascii=False))
