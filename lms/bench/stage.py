"""What each workload is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

from django.urls import reverse
from django.utils.translation import override

from .client import Browser, expect
from .figures import Figures
from .processes import Server
from .school import School

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Stage:
    """The school, the running server, where figures go, and how progress is said."""

    school: School
    server: Server
    figures: Figures
    say: Callable[[str], None]


def address(name: str, *values: object, language: str = "es") -> str:
    """The path of a view in a language."""
    with override(language):
        return reverse(name, args=values)


def token_in(page: str) -> tuple[str, str]:
    """The form's hidden field against cross-site requests."""
    found = _TOKEN.search(page)
    return ("csrfmiddlewaretoken", found[1] if found else "")


def sign_in(browser: Browser, school: School) -> None:
    """The manager signs in with the password, as a person does."""
    path = address("account_login")
    token = token_in(expect(browser.get(path), 200, path).text)
    fields = [token, ("login", school.manager.email), ("password", school.password)]
    expect(browser.post(path, fields), 302, path)


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
