"""The code on the screen of the room: signed, new every half minute, useless after a few minutes.

It names the session and the half minute in which it was shown. Whoever photographs it and sends it elsewhere has what
is left of its minutes; a mark of attendance also needs the sign-in of an officer with a seat, in the session's time.
"""

from __future__ import annotations

from django.core import signing

from people import clock

from .session_refusals import CodeTooOld

NEW_EVERY_SECONDS = 30
LIVES_SECONDS = 180
SALT = "curricula.attendance"


def code_for(session: int) -> str:
    """The code that the screen shows now."""
    shown = int(clock.now().timestamp()) // NEW_EVERY_SECONDS * NEW_EVERY_SECONDS
    return _signer().sign(f"{session}-{shown}")


def session_of(code: str) -> int:
    """The key of the session.

    Raises:
        CodeTooOld: it was not signed here, or its minutes are over.
    """
    try:
        session, shown = (int(part) for part in _signer().unsign(code).split("-"))
    except (signing.BadSignature, ValueError):
        raise CodeTooOld from None
    if not 0 <= clock.now().timestamp() - shown <= LIVES_SECONDS:
        raise CodeTooOld
    return session


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt=SALT)
