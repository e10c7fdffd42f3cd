"""The letters about accounts: invitations, and what django-allauth wants said, in the words of the house."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .days import iso_day_in_words
from .letters import Values, Words, greeting, letter_kind

INVITATION = "invitation"
NAME = "Javier Núñez Ávila"
LINK = "https://puente.example/invitation/sample"


def _if_it_was_not_you() -> tuple[str, str]:
    return (
        _("If it was not you"),
        _("Do nothing: without this e-mail nobody gets in. You may delete it."),
    )


def _reason() -> str:
    return _("You receive this because an account of Puente has this e-mail address.")


@letter_kind(
    INVITATION,
    title=gettext_lazy("Invitation"),
    sample={"name": NAME, "by": "Rodrigo Iván Muñiz Peña", "until": "2026-12-09", "link": LINK},
    secrets=("link",),
    useful_for=dt.timedelta(days=14),
)
def invitation(values: Values) -> Words:
    return Words(
        subject=_("Your access to Puente, the training of both customs administrations"),
        greeting=greeting(values),
        paragraphs=(
            _("%(name)s invites you to Puente. Your account is ready; choose your password, and you are in.")
            % {"name": values["by"]}
            if values.get("by")
            else _("You are invited to Puente. Your account is ready; choose your password, and you are in."),
            _("The button works once, until %(day)s, and for you alone: do not pass it on.")
            % {"day": iso_day_in_words(values["until"])},
        ),
        button=(_("Choose my password"), values["link"]),
        more=(
            _("If it no longer works"),
            _("Ask your program manager for a new invitation. You may reply to this e-mail."),
        ),
        reason=_("You receive this because your administration enrolls you in Puente with this address."),
    )


@letter_kind(
    "password_reset_key",
    title=gettext_lazy("New password: link"),
    sample={"name": NAME, "link": LINK},
    secrets=("link",),
)
def password_reset_key(values: Values) -> Words:
    return Words(
        subject=_("Choose a new password for Puente"),
        greeting=greeting(values),
        paragraphs=(_("Somebody, probably you, asked for a new password for your account."),),
        button=(_("Choose a new password"), values["link"]),
        more=_if_it_was_not_you(),
        reason=_reason(),
    )


@letter_kind(
    "password_reset_code",
    title=gettext_lazy("New password: code"),
    sample={"name": NAME, "code": "7KQ2-M4XD"},
    secrets=("code",),
    useful_for=dt.timedelta(minutes=15),
)
def password_reset_code(values: Values) -> Words:
    return Words(
        subject=_("Your code for a new password"),
        greeting=greeting(values),
        paragraphs=(
            _("Write this code in the window in which you asked for a new password. It works for a few minutes."),
        ),
        code=values["code"],
        more=_if_it_was_not_you(),
        reason=_reason(),
    )


@letter_kind(
    "login_code",
    title=gettext_lazy("Sign in: code"),
    sample={"name": NAME, "code": "7KQ2-M4XD"},
    secrets=("code",),
    useful_for=dt.timedelta(minutes=15),
)
def login_code(values: Values) -> Words:
    return Words(
        subject=_("Your code to sign in"),
        greeting=greeting(values),
        paragraphs=(
            _("Write this code in the window in which you are signing in. It works for a few minutes."),
            _("Nobody from Puente will ask you for it."),
        ),
        code=values["code"],
        more=_if_it_was_not_you(),
        reason=_reason(),
    )


@letter_kind(
    "email_confirmation",
    title=gettext_lazy("Confirm an address"),
    sample={"name": NAME, "link": LINK},
    secrets=("link", "code"),
)
def email_confirmation(values: Values) -> Words:
    code, link = values.get("code", ""), values.get("link", "")
    return Words(
        subject=_("Confirm your e-mail address for Puente"),
        greeting=greeting(values),
        paragraphs=(
            _("Write this code in the window that asks for it: then your account has this address.")
            if code
            else _("Confirm that this address is yours: then your account has it."),
        ),
        code=code,
        button=(_("Confirm the address"), link) if link else None,
        more=_if_it_was_not_you(),
        reason=_("You receive this because somebody wrote this address into an account of Puente."),
    )


@letter_kind("unknown_account", title=gettext_lazy("No account with this address"), sample={"address": "a@b.example"})
def unknown_account(values: Values) -> Words:
    return Words(
        subject=_("Puente knows no account with this address"),
        paragraphs=(
            _("Somebody, perhaps you, tried to get into Puente with the address %(address)s. No account has it.")
            % {"address": values["address"]},
            _("Nobody registers alone. Your program manager invites you; ask which address stands in your roster."),
        ),
        reason=_("You receive this because somebody wrote this address on the page for signing in."),
    )


@letter_kind(
    "account_already_exists",
    title=gettext_lazy("The account exists already"),
    sample={"name": NAME, "link": "https://puente.example/en/account/password/reset/"},
)
def account_already_exists(values: Values) -> Words:
    return Words(
        subject=_("You have an account of Puente already"),
        greeting=greeting(values),
        paragraphs=(_("Somebody, perhaps you, tried to make an account with this address. It has one already."),),
        button=(_("Choose a new password"), values["link"]) if values.get("link") else None,
        reason=_reason(),
    )


def _notice(name: str, title: Any, sentence: Any) -> None:
    """Register a letter that tells of a change to an account, with where it came from."""

    @letter_kind(
        name,
        title=title,
        sample={
            "name": NAME,
            "at": "2026-11-25T14:05+00:00",
            "ip": "192.0.2.17",
            "browser": "Firefox",
            "old": "old@agency.example",
            "new": "new@agency.example",
            "provider": "OpenID Connect",
        },
    )
    def compose(values: Values) -> Words:
        given = {key: values.get(key, "") for key in ("old", "new", "provider")}
        what = str(sentence) % given
        at = dt.datetime.fromisoformat(values["at"]).astimezone(dt.UTC)
        return Words(
            subject=str(title),
            greeting=greeting(values),
            paragraphs=(what,),
            details=(
                (_("When"), f"{iso_day_in_words(at.isoformat())}, {at:%H:%M} UTC"),
                (_("From the address"), values["ip"]),
                (_("Browser"), values["browser"]),
            ),
            more=(
                _("If it was not you"),
                _("Choose a new password at once, and tell your program manager."),
            ),
            reason=_reason(),
        )


_notice(
    "password_changed",
    gettext_lazy("Your password was changed"),
    gettext_lazy("The password of your account was changed."),
)
_notice("password_set", gettext_lazy("A password was set"), gettext_lazy("Your account has a password now."))
_notice(
    "password_reset",
    gettext_lazy("You have a new password"),
    gettext_lazy("A new password was chosen by the link or code that we sent."),
)
_notice(
    "email_changed",
    gettext_lazy("Your e-mail address was changed"),
    gettext_lazy("The address of your account was changed from %(old)s to %(new)s."),
)
_notice(
    "email_confirm",
    gettext_lazy("Your e-mail address is confirmed"),
    gettext_lazy("The address of your account was confirmed."),
)
_notice(
    "email_deleted",
    gettext_lazy("An e-mail address was removed"),
    gettext_lazy("The address %(old)s was removed from your account."),
)
_notice(
    "totp_activated",
    gettext_lazy("An authenticator app was added"),
    gettext_lazy("From now on signing in asks for a code of your authenticator app."),
)
_notice(
    "totp_deactivated",
    gettext_lazy("The authenticator app was removed"),
    gettext_lazy("Signing in no longer asks for a code of an authenticator app."),
)
_notice(
    "recovery_codes_generated",
    gettext_lazy("New recovery codes were made"),
    gettext_lazy("Your account has new recovery codes; the earlier ones no longer work."),
)
_notice(
    "webauthn_added",
    gettext_lazy("A passkey was added"),
    gettext_lazy("A passkey or security key was added to your account."),
)
_notice(
    "webauthn_removed",
    gettext_lazy("A passkey was removed"),
    gettext_lazy("A passkey or security key was removed from your account."),
)
_notice(
    "account_connected",
    gettext_lazy("Another way to sign in was added"),
    gettext_lazy("Your account can now be entered through %(provider)s."),
)
_notice(
    "account_disconnected",
    gettext_lazy("A way to sign in was removed"),
    gettext_lazy("Your account can no longer be entered through %(provider)s."),
)


@letter_kind(
    "other",
    title=gettext_lazy("Other notices about an account"),
    sample={"subject": "Puente", "text": "…"},
    secrets=("text",),
)
def other(values: Values) -> Words:
    """What a later release of django-allauth may want said, in its own words."""
    paragraphs = tuple(part.strip() for part in values["text"].split("\n\n") if part.strip())
    return Words(subject=values["subject"], paragraphs=paragraphs, reason=_reason())
