"""Letters are written into the outbox, in the recipient's language; somebody above sends them (`letters_written`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import audit, bilingual, clock
from ..exceptions import DomainError
from ..letters import LetterKind, letter_kind_of, subject_of
from ..models import Letter, User
from ..signals import letters_written


class LetterTooOld(DomainError):
    code = "letter_too_old"
    message = _("The link or code of this e-mail no longer works. Start again: invite the person anew.")


class LetterNotFailed(DomainError):
    code = "letter_not_failed"
    message = _("Only an e-mail that failed is sent again. This one is waiting, was sent, or has been replaced.")


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter to write: to a person, or to an address that belongs to nobody, then in `language`.

    `useful_until` is when its link or code stops working; without it the kind decides. `not_before` holds it back.
    """

    values: dict[str, Any]
    to: User | None = None
    address: str = ""
    language: str = ""
    reply_to: str = ""
    useful_until: dt.datetime | None = None
    not_before: dt.datetime | None = None


@transaction.atomic
def write_letter(*, kind: str, draft: Draft) -> Letter:
    """Put one letter into the outbox.

    Raises:
        UnknownLetterKind: no app registers that kind.
    """
    return write_letters(kind=kind, drafts=[draft])[0]


@transaction.atomic
def write_letters(*, kind: str, drafts: Iterable[Draft]) -> list[Letter]:
    """Put letters into the outbox: one statement for a thousand or less. Somebody else sends them after the commit.

    The row is the record of what was written to whom; the deed behind it has its own audit entry.

    Raises:
        UnknownLetterKind: no app registers that kind.
    """
    now = clock.now()
    known = letter_kind_of(kind)
    letters = Letter.objects.bulk_create([_letter(known, draft, now) for draft in drafts], batch_size=1000)
    if letters:
        letters_written.send(sender=Letter)
    return letters


@transaction.atomic
def send_again(*, letter: Letter, by: User) -> None:
    """Put a failed letter back into the queue, with all its tries. One conditional statement decides.

    Raises:
        LetterTooOld: its link or code no longer works.
        LetterNotFailed: it waits, was sent, or was withheld for a reason.
    """
    now = clock.now()
    failed = Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED)
    if failed.useless(now).exists():
        raise LetterTooOld
    if not failed.update(state=Letter.State.QUEUED, tries=0, next_try_at=now, reason="", last_error=""):
        raise LetterNotFailed
    audit.record("people.letter.sent_again", letter, by=by, data={"kind": letter.kind, "address": letter.address})
    letters_written.send(sender=Letter)


@transaction.atomic
def withhold_letters(*, kind: str, people: Iterable[User], reason: Letter.Reason) -> int:
    """Letters of a kind that wait or failed are not sent any more; their secrets go. How many."""
    waiting = Letter.objects.filter(kind=kind, recipient__in=list(people))
    return waiting.filter(state__in=[Letter.State.QUEUED, Letter.State.FAILED]).update(
        state=Letter.State.WITHHELD, reason=reason, secrets={}
    )


def _letter(kind: LetterKind, draft: Draft, now: dt.datetime) -> Letter:
    language = draft.to.preferred_language if draft.to else draft.language
    if language not in bilingual.LANGUAGES:
        language = bilingual.active()
    return Letter(
        kind=kind.name,
        recipient=draft.to,
        address=draft.address or (draft.to.email if draft.to else ""),
        reply_to=draft.reply_to,
        language=language,
        subject=subject_of(kind, draft.values, language=language),
        context={name: value for name, value in draft.values.items() if name not in kind.secrets},
        secrets={name: value for name, value in draft.values.items() if name in kind.secrets},
        created_at=now,
        next_try_at=max(now, draft.not_before or now),
        useful_until=draft.useful_until or now + kind.useful_for,
    )
