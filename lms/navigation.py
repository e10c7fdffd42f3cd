"""What every page shows around its content: the reader's ways, the languages, the demonstration strip."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from people.access import rights_of
from people.roles import Right

from .demonstration.state import demonstration_state

LANGUAGES = (("en", "English"), ("es", "Español"))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context of `base.html`. One query for a signed-in reader; none for a stranger."""
    if not hasattr(request, "user") or "/admin/" in request.path[:10]:
        return {}
    here = request.get_full_path()
    return {
        "ways": _ways(request),
        "language": get_language(),
        "languages": [
            {"code": code, "name": name, "address": in_language(here, code), "current": code == get_language()}
            for code, name in LANGUAGES
        ],
        "demonstration": demonstration_state(),
    }


def in_language(address: str, code: str) -> str:
    """The same address in another language: all but the prefix is the same. What has no prefix stays as it is."""
    for known, _name in LANGUAGES:
        if address.startswith(f"/{known}/"):
            return f"/{code}/{address.removeprefix(f'/{known}/')}"
    return address


def _ways(request: HttpRequest) -> list[dict[str, Any]]:
    rights = rights_of(request.user)
    ways = []
    if Right.LEARN in rights:
        ways.append((reverse("my_learning"), _("My learning")))
    ways.append((reverse("catalog"), _("Catalog")))
    if Right.MANAGE_COHORTS in rights:
        ways.append((reverse("curricula:cohorts"), _("Cohorts")))
    if Right.MANAGE_COHORTS in rights or Right.LEAD_SESSIONS in rights:
        ways.append((reverse("curricula:sessions"), pgettext("training", "Sessions")))
    if Right.ASSESS in rights:
        ways.append((reverse("curricula:exercises"), _("Exercises")))
    if Right.CERTIFY in rights:
        ways.append((reverse("certificates:register"), _("Certificates")))
    if Right.READ_CURRICULA in rights:
        ways.append((reverse("curricula:editions"), _("Editions")))
    if Right.READ_REPORTS in rights:
        ways.append((reverse("reports:reports"), _("Reports")))
    if Right.READ_AUDIT in rights:
        ways.append((reverse("people:record"), _("Audit record")))
    if Right.ENTER_ADMIN in rights:
        ways.append((reverse("wagtailadmin_home"), _("Administration")))
    if not request.user.is_authenticated:
        ways.append((reverse("certificates:check"), _("Check a certificate")))
    return [{"address": address, "name": name, "current": request.path.startswith(address)} for address, name in ways]
