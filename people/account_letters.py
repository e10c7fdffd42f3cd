"""What django-allauth wants said goes the way of all letters: the recipient's language, our look, queued."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils import translation

from . import clock
from .letters import has_letter_kind
from .models import User
from .services.correspondence import Draft, write_letter

LINKS = ("password_reset_url", "activate_url")
OTHER = "other"


class LettersOfTheHouse:
    """For the account adapter: its `send_mail` writes a letter. What allauth's templates would say is not used."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter that belongs to a template's name, such as `account/email/login_code`."""
        person = _owner(email, context)
        language = person.preferred_language if person else translation.get_language()[:2]
        kind = template_prefix.rsplit("/", 1)[-1].removesuffix("_signup")
        values = _values(email, context, person, language)
        if kind == OTHER or not has_letter_kind(kind):
            kind, values = OTHER, _in_their_own_words(template_prefix, email, context, language)
        write_letter(kind=kind, draft=Draft(values=values, to=person, address=email, language=language))


def _owner(email: str, context: dict[str, Any]) -> User | None:
    """Whose account it is about: given, or found by the address as signing in finds it."""
    given = context.get("user")
    if isinstance(given, User):
        return given
    person = User.objects.filter(email__iexact=email).first()
    if person is None and (known := EmailAddress.objects.filter(email__iexact=email, verified=True).first()):
        person = User.objects.get(pk=known.user_id)
    return person


def _values(email: str, context: dict[str, Any], person: User | None, language: str) -> dict[str, Any]:
    link = next((context[name] for name in LINKS if context.get(name)), "")
    values = {
        "name": person.full_name if person else "",
        "address": email,
        "link": translate_url(link, language) if link else "",
        "code": context.get("code", ""),
        "at": (context.get("timestamp") or clock.now()).isoformat(timespec="minutes"),
        "ip": context.get("ip", ""),
        "browser": context.get("user_agent", ""),
        "old": context.get("deleted_email") or context.get("from_email", ""),
        "new": context.get("to_email", ""),
        "provider": str(context.get("provider") or ""),
    }
    return {name: str(value) for name, value in values.items() if value}


def _in_their_own_words(prefix: str, email: str, context: dict[str, Any], language: str) -> dict[str, Any]:
    with translation.override(language):
        values = {"email": email, "current_site": {"name": "Puente", "domain": ""}, **context}
        subject = " ".join(render_to_string(f"{prefix}_subject.txt", values).split())
        return {"subject": subject, "text": render_to_string(f"{prefix}_message.txt", values).strip()}
