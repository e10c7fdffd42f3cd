"""The Participants’ own identity providers, as the settings name them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from .models import Participant


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """A Participant's own entrance: the id in addresses, the name on the button."""

    id: str
    name: str


def identity_providers() -> list[IdentityProvider]:
    """Those of the settings, in the order of the Declaration, named in the reader's language. One query, or none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    if not apps:
        return []
    by_code = {app["settings"]["participant"]: app["provider_id"] for app in apps}
    return [
        IdentityProvider(by_code[participant.code], participant.name)
        for participant in Participant.objects.filter(code__in=by_code)
    ]
