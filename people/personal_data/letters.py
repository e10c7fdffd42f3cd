"""Letters to a person, and invitations. Where their tables are not installed there is nothing to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..erasing import Erasure, erases
from ..held_data import Field, Row, held, installed
from ..models import Participant, User
from ..retaining import Expired, retained


@held(
    "letters",
    title=_("Letters"),
    about=_("E-mail that the system wrote to you: which kind, to which address, and whether it was sent."),
    place=60,
    fields=(
        Field("kind", _("Kind")),
        Field("address", _("Address")),
        Field("language", _("Language"), lambda: dict(User.Language.choices)),
        Field("subject", _("Subject")),
        Field("state", _("State"), lambda: _states("people.Letter")),
        Field("written_at", _("Written")),
        Field("sent_at", _("Sent")),
        Field("values", _("What it told")),
    ),
    covers=["people.Letter.recipient"],
)
def letters(person: User) -> Iterable[Row]:
    """Without links and codes, which let somebody in."""
    model = installed("people.Letter")
    columns = ("kind", "address", "language", "subject", "state", "created_at", "sent_at", "context")
    return model.objects.filter(recipient=person).order_by("pk").values_list(*columns) if model else []


@held(
    "invitations",
    title=_("Invitations"),
    about=_("Links with which you were let in for the first time. The links themselves are not kept."),
    place=70,
    fields=(
        Field("invited_at", _("Invited")),
        Field("expires_at", _("Ends")),
        Field("accepted_at", _("Accepted")),
        Field("ended_at", _("Ended early")),
    ),
    covers=["people.Invitation.person"],
)
def invitations(person: User) -> Iterable[Row]:
    """The latest last."""
    model = installed("people.Invitation")
    columns = ("created_at", "expires_at", "accepted_at", "ended_at")
    return model.objects.filter(person=person).order_by("pk").values_list(*columns) if model else []


def _states(label: str) -> dict[Any, Any]:
    model = installed(label)
    return dict(model.State.choices) if model else {}


@erases(
    "letters", says=_("Letters to the person and invitations are removed; a link in one no longer opens."), place=600
)
def forget_letters(erasure: Erasure) -> None:
    """Also those without a recipient that went to the address. Letters to others that the person signed stay, unnamed
    themselves."""
    if model := installed("people.Invitation"):
        erasure.remove("people.Invitation", model.objects.filter(person=erasure.person))
    if model := installed("people.Letter"):
        to_the_person = Q(recipient=erasure.person) | Q(address__iexact=erasure.email)
        erasure.remove("people.Letter", model.objects.filter(to_the_person))
        for letter in model.objects.filter(reply_to__iexact=erasure.email):
            unnamed = erasure.without_names(letter.context)
            model.objects.filter(pk=letter.pk).update(reply_to="", context=unnamed)


def remove_letters(keys: Sequence[Any]) -> int:
    """Remove letters; invitations that came with one stay."""
    model = installed("people.Letter")
    rows = model.objects.filter(pk__in=keys)
    count = rows.count()
    rows.delete()
    return int(count)


@retained(
    "letters",
    title=_("Letters"),
    about=_("E-mail that was sent or given up: the address, and what it told. Links and codes are never kept so long."),
    suggested_days=90,
    remove=remove_letters,
)
def old_letters(participant: Participant, before: dt.datetime) -> Iterable[Expired]:
    """Letters to the Participant's people that wait no more; those to nobody's account go with the first rule."""
    model = installed("people.Letter")
    if model is None:
        return []
    own = Q(recipient__participant=participant) | Q(recipient__isnull=True)
    rows = model.objects.filter(own, created_at__lt=before).exclude(state="queued").order_by("created_at")
    return (Expired(at, pk) for at, pk in rows.values_list("created_at", "pk"))
