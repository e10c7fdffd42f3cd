"""Letters leave the outbox: earliest use first, each claimed by one statement, with growing pauses between tries.

A letter is sent at least once. Whoever sends one takes a try of it first, which hides it from others for a minute; a
worker that is killed between the mail server's yes and the note of it leaves a letter that is sent a second time, with
the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections.abc import Iterator
from email import policy
from email.message import MIMEPart
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, InvalidMailer, mailers
from django.core.mail.backends.base import BaseEmailBackend

from .. import clock
from ..letters import Attachment, demonstration_strip, letter_kind_of, render_letter
from ..models import Letter
from ..models.letter import LetterQuerySet

logger = logging.getLogger(__name__)

TRIES = 8
"""After so many tries a letter has failed; with pauses from half a minute, each four times the last: two days."""

PAUSE_GROWS_BY = 4
LEASE = dt.timedelta(seconds=60)
"""How long a letter in hand is hidden from others: four times what the mail server may keep us waiting."""

AT_ONCE = 20
"""How many are looked up at once: a code that is asked for meanwhile waits behind so many at most."""

UNREACHABLE = (OSError, InvalidMailer)  # smtplib's errors are OSErrors


def send_due_letters() -> Iterator[Letter.State]:
    """Send what is due; yields the new state of each letter, QUEUED for one that is tried again later.

    When the mail server cannot be reached at all, everything due is put off together, in a fixed number of statements.
    Safe to run twice at once.
    """
    _put_aside()
    mailer: BaseEmailBackend | None = None
    try:
        while letters := list(
            Letter.objects.due(clock.now()).select_related("recipient").order_by("useful_until")[:AT_ONCE]
        ):
            for letter in letters:
                if mailer is None:
                    try:
                        mailer = mailers.default
                        mailer.open()
                    except UNREACHABLE as fault:
                        yield from _put_off_everything(fault)
                        return
                if not _claim(letter):
                    continue
                state, is_connection_sound = _send(letter, mailer)
                if not is_connection_sound:
                    _close(mailer)
                    mailer = None
                yield state
    finally:
        if mailer is not None:
            _close(mailer)


def pause_after(tries: int) -> dt.timedelta:
    """How long to wait after so many tries."""
    return dt.timedelta(seconds=settings.PUENTE_LETTER_PAUSE_SECONDS * PAUSE_GROWS_BY ** (tries - 1))


def _put_aside() -> None:
    """What must not be sent: letters that came too late, and real mail to people of the demonstration. Secrets that
    work no more are wiped wherever they are."""
    queued = Letter.objects.filter(state=Letter.State.QUEUED)
    queued.useless(clock.now()).update(state=Letter.State.FAILED, reason=Letter.Reason.TOO_LATE, secrets={})
    Letter.objects.filter(state=Letter.State.FAILED).useless(clock.now()).exclude(secrets={}).update(secrets={})
    if not settings.PUENTE_MAIL_STAYS_HERE:
        queued.filter(recipient__is_demo=True).update(
            state=Letter.State.WITHHELD, reason=Letter.Reason.DEMONSTRATION, secrets={}
        )


def _claim(letter: Letter) -> bool:
    """Take a try of a letter: of two that want it, one gets it."""
    mine = Letter.objects.filter(pk=letter.pk, state=Letter.State.QUEUED, tries=letter.tries)
    if not mine.update(tries=letter.tries + 1, next_try_at=clock.now() + LEASE):
        return False
    letter.tries += 1
    return True


def _send(letter: Letter, mailer: BaseEmailBackend) -> tuple[Letter.State, bool]:
    """Send one; its new state, and whether the connection may be used again."""
    try:
        message = _message(letter)
    except Exception:
        logger.exception("Letter %s could not be written", letter.pk)
        return _fail(letter, Letter.Reason.UNWRITTEN, ""), True
    try:
        mailer.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()), (0, b""))
        said = f"{code} {answer.decode(errors='replace')}"
        if code >= 500:
            return _fail(letter, Letter.Reason.REFUSED, said), True
        return _put_off(letter, Letter.Reason.NOT_ACCEPTED, said), True
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        return _put_off(letter, Letter.Reason.NOT_ACCEPTED, str(fault)), False
    _mine(letter).update(state=Letter.State.SENT, sent_at=clock.now(), secrets={}, reason="", last_error="")
    return Letter.State.SENT, True


def _message(letter: Letter) -> EmailMultiAlternatives:
    is_demo = letter.recipient is not None and letter.recipient.is_demo
    rendered = render_letter(
        letter_kind_of(letter.kind),
        letter.context | letter.secrets,
        language=letter.language,
        strip=demonstration_strip(letter.language) if is_demo else "",
    )
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        rendered.subject,
        rendered.text,
        to=[letter.address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": f"<letter-{letter.pk}-{letter.created_at.timestamp():.0f}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    message.attach_alternative(rendered.html, "text/html")
    for file in rendered.attachments:
        message.attach(_part(file))
    return message


def _part(file: Attachment) -> MIMEPart:
    """The file as a part of the message, with the parameters of its kind (such as `method` of RFC 6047)."""
    part = MIMEPart(policy=policy.SMTP)
    main, _, rest = file.kind.partition(";")[0].strip().partition("/")
    given = dict(each.strip().split("=", 1) for each in file.kind.split(";")[1:])
    part.set_content(file.content.encode(), main, rest, disposition="attachment", filename=file.name, params=given)
    return part


def _put_off(letter: Letter, reason: Letter.Reason, said: str) -> Letter.State:
    if letter.tries >= TRIES:
        return _fail(letter, reason, said)
    _mine(letter).update(next_try_at=clock.now() + pause_after(letter.tries), reason=reason, last_error=said[:300])
    return Letter.State.QUEUED


def _fail(letter: Letter, reason: Letter.Reason, said: str) -> Letter.State:
    _mine(letter).update(state=Letter.State.FAILED, reason=reason, last_error=said[:300])
    return Letter.State.FAILED


def _put_off_everything(fault: Exception) -> Iterator[Letter.State]:
    """Nobody can be reached: each letter that is due has used up a try."""
    logger.warning("The mail server cannot be reached: %s", fault)
    now = clock.now()
    said = {"reason": Letter.Reason.UNREACHABLE, "last_error": str(fault)[:300]}
    due = Letter.objects.due(now)
    failed = due.filter(tries__gte=TRIES - 1).update(state=Letter.State.FAILED, tries=TRIES, **said)
    yield from [Letter.State.FAILED] * failed
    for tries in reversed(range(TRIES - 1)):
        waits = due.filter(tries=tries).update(tries=tries + 1, next_try_at=now + pause_after(tries + 1), **said)
        yield from [Letter.State.QUEUED] * waits


def _mine(letter: Letter) -> LetterQuerySet:
    return Letter.objects.filter(pk=letter.pk, state=Letter.State.QUEUED, tries=letter.tries)


def _close(mailer: BaseEmailBackend) -> None:
    try:
        mailer.close()
    except OSError as fault:
        logger.warning("The mail server hung up: %s", fault)
