"""Calendar files as RFC 5545 says: one session, or all of a person's. Pure.

Times are written in UTC, which every calendar shows in its owner's zone, so that no zone has to be described. What a
change or a cancellation means to a calendar is RFC 5546: the same UID with a higher SEQUENCE takes the place of the
event, METHOD:CANCEL takes it away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PRODUCT = "-//Puente//Instructor-led sessions//EN"
LINE_OCTETS = 75
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True, slots=True)
class Event:
    """One session in one language. Moments are aware; `sequence` counts its changes, `changed_at` is the last."""

    uid: str
    sequence: int
    changed_at: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str
    location: str = ""
    description: str = ""
    address: str = ""
    is_canceled: bool = False


@dataclass(frozen=True, slots=True)
class Parties:
    """Who invites whom, by e-mail address. Only in a file for one person's own mail."""

    organizer: str
    attendee: str


def calendar_file(
    events: Iterable[Event],
    *,
    method: str = PUBLISH,
    name: str = "",
    language: str = "en",
    parties: Parties | None = None,
) -> bytes:
    """The file, in UTF-8 with lines of at most 75 octets.

    Args:
        method: REQUEST or CANCEL need the parties; PUBLISH is a feed, which names nobody.
        name: what a calendar program calls the feed.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    if name:
        lines += [f"NAME;LANGUAGE={language}:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}"]
    if method == PUBLISH:
        lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"]
    for event in events:
        lines += _event(event, method, language, parties)
    lines.append("END:VCALENDAR")
    return b"".join(piece + b"\r\n" for line in lines for piece in _folded(line))


def _event(event: Event, method: str, language: str, parties: Parties | None) -> Iterator[str]:
    is_off = event.is_canceled or method == CANCEL
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_moment(event.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(event.changed_at)}"
    yield f"DTSTART:{_moment(event.starts_at)}"
    yield f"DTEND:{_moment(event.ends_at)}"
    yield f"SUMMARY;LANGUAGE={language}:{_escaped(event.summary)}"
    if event.location:
        yield f"LOCATION;LANGUAGE={language}:{_escaped(event.location)}"
    if event.description:
        yield f"DESCRIPTION;LANGUAGE={language}:{_escaped(event.description)}"
    if event.address:
        yield f"URL:{_plain(event.address)}"
    yield f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if is_off else 'OPAQUE'}"
    if parties:
        yield f"ORGANIZER;CN=Puente:mailto:{_plain(parties.organizer)}"
        status = "DECLINED" if is_off else "ACCEPTED"
        yield f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT={status};RSVP=FALSE:mailto:{_plain(parties.attendee)}"
    yield "END:VEVENT"


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11; other control characters are no part of it."""
    text = text.replace("\r\n", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(each for each in text.replace("\n", "\\n") if each == "\t" or (ord(each) >= 32 and ord(each) != 127))


def _plain(address: str) -> str:
    """An address within a line: nothing in it ends the line."""
    return "".join(each for each in address if each.isprintable() and not each.isspace())


def _folded(line: str) -> Iterator[bytes]:
    """Pieces of at most 75 octets, cut between characters; each but the first begins with a space."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LINE_OCTETS:
            yield piece
            piece = b" "
        piece += octets
    yield piece
