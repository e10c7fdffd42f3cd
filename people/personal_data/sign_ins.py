"""The ways to sign in, and the sessions that are open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from ..erasing import Erasure, erases
from ..held_data import Field, Row, held, installed
from ..models import Participant, User
from ..retaining import Expired, retained
from ..sign_ins import expired_sessions, sessions_of

GONE_WITH_THE_PERSON = (
    "account.EmailAddress",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
    "wagtailcore.APIToken",
)
"""Tables by which somebody signs in. Those whose app is not installed are passed over."""


@held(
    "email_addresses",
    title=_("E-mail addresses for signing in"),
    about=_("Addresses that you have confirmed as yours."),
    place=30,
    fields=(Field("email", _("E-mail")), Field("is_verified", _("Confirmed")), Field("is_primary", _("Main address"))),
    covers=["account.EmailAddress.user"],
)
def addresses(person: User) -> Iterable[Row]:
    """Addresses known to sign-in."""
    found = EmailAddress.objects.filter(user=person).order_by("pk")
    return list(found.values_list("email", "verified", "primary"))


@held(
    "authenticators",
    title=_("Second factors and passkeys"),
    about=_("Which means of signing in you have set up. Their secrets are not shown, not even here."),
    place=40,
    fields=(
        Field("type", _("Kind"), lambda: dict(Authenticator.Type.choices)),
        Field("created_at", _("Created")),
        Field("last_used_at", _("Last used")),
    ),
    covers=["mfa.Authenticator.user"],
)
def authenticators(person: User) -> Iterable[Row]:
    """Without their data, which is secret."""
    found = Authenticator.objects.filter(user=person).order_by("pk")
    return list(found.values_list("type", "created_at", "last_used_at"))


@held(
    "linked_accounts",
    title=_("Linked accounts"),
    about=_("Accounts at your administration’s identity provider with which you sign in here."),
    place=45,
    fields=(
        Field("provider", _("Provider")),
        Field("identifier", _("Identifier")),
        Field("received", _("What the provider told")),
        Field("linked_at", _("Linked")),
        Field("last_used_at", _("Last used")),
    ),
    covers=["socialaccount.SocialAccount.user"],
)
def linked_accounts(person: User) -> Iterable[Row]:
    """None where no identity provider is set up."""
    model = installed("socialaccount.SocialAccount")
    columns = ("provider", "uid", "extra_data", "date_joined", "last_login")
    return model.objects.filter(user=person).order_by("pk").values_list(*columns) if model else []


@held(
    "sessions",
    title=_("Open sessions"),
    about=_("Browsers in which you are signed in, with what they told of themselves if that is kept."),
    place=50,
    fields=(
        Field("signed_in_at", _("Signed in")),
        Field("last_seen_at", _("Last seen")),
        Field("expires_at", _("Ends")),
        Field("ip", _("Network address")),
        Field("user_agent", _("Browser")),
    ),
    covers=["usersessions.UserSession.user"],
)
def open_sessions(person: User) -> Iterable[Row]:
    """Sessions, joined by their key with what allauth keeps of them."""
    model = installed("usersessions.UserSession")
    known = {each.session_key: each for each in model.objects.filter(user=person)} if model else {}
    for session in sorted(sessions_of(person.pk), key=lambda each: each.expire_date):
        more = known.pop(session.session_key, None)
        yield (*_seen(more), session.expire_date, *_told(more))
    for more in known.values():
        yield (*_seen(more), None, *_told(more))


def _seen(more: Any) -> Row:
    return (more.created_at, more.last_seen_at) if more else (None, None)


def _told(more: Any) -> Row:
    return (more.ip, more.user_agent) if more else (None, None)


@erases(
    "sign_ins",
    says=_("All sessions end at once. Passwords, second factors, passkeys and linked accounts are removed."),
    place=920,
)
def forget_sign_ins(erasure: Erasure) -> None:
    """Everything by which somebody could come in as this person."""
    for label in GONE_WITH_THE_PERSON:
        if model := installed(label):
            erasure.remove(label, model.objects.filter(user=erasure.person))
    keys = [session.session_key for session in sessions_of(erasure.person.pk)]
    erasure.remove("sessions.Session", Session.objects.filter(session_key__in=keys))


def remove_sessions(keys: Sequence[Any]) -> int:
    """Remove sessions by their keys, with what allauth keeps of them."""
    if model := installed("usersessions.UserSession"):
        model.objects.filter(session_key__in=keys).delete()
    return Session.objects.filter(session_key__in=keys).delete()[1].get("sessions.Session", 0)


@retained(
    "sign_in_records",
    title=_("Sign-in records"),
    about=_("Sessions that ended, with network address and browser if those are kept."),
    suggested_days=30,
    remove=remove_sessions,
)
def old_sessions(participant: Participant, before: dt.datetime) -> Iterable[Expired]:
    """Ended sessions of the Participant's people, and nobody's: those belong to no side and go with the first rule."""
    own = {str(pk) for pk in User.objects.filter(participant=participant).values_list("pk", flat=True)}
    for session, owner in expired_sessions(before):
        if owner is None or owner in own:
            yield Expired(session.expire_date, session.session_key)
