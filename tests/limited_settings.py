"""The settings of web servers that the tests of the limits start: low rates, and each answer names its process."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tests.worker_settings import *  # noqa: F403
from tests.worker_settings import MIDDLEWARE, PUENTE_RATE_LIMITS

PUENTE_RATE_LIMITS |= {"certificates.look_up": "12/d/ip", "certificates.check_file": "6/d/ip"}
ACCOUNT_RATE_LIMITS = {"login": "8/d/ip"}


def says_its_process(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Adds the process id."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["X-Process"] = str(os.getpid())
        return response

    return answer


MIDDLEWARE = ["tests.limited_settings.says_its_process", *MIDDLEWARE]
