"""When and where a session is, as people say it; and the same for calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from people.bilingual import active
from people.time_zones import TimeZone

from .ics import Event
from .models import Session, SessionPlace
from .session_selectors import Attendance


def day_of(at: dt.datetime, zone: str) -> str:
    """Thursday, December 3, 2026 · jueves 3 de diciembre de 2026: the day in the session's zone."""
    local = at.astimezone(ZoneInfo(zone)).date()
    return date_format(local, "l j \\d\\e F \\d\\e Y" if get_language() == "es" else "l, F j, Y")


def hours_of(starts_at: dt.datetime, ends_at: dt.datetime, zone: str) -> str:
    """09:00–13:00, Tijuana time."""
    tz = ZoneInfo(zone)
    return pgettext("hours of a session", "%(from)s–%(to)s, %(zone)s time") % {
        "from": f"{starts_at.astimezone(tz):%H:%M}",
        "to": f"{ends_at.astimezone(tz):%H:%M}",
        "zone": dict(TimeZone.choices).get(zone, zone),
    }


def recorded_words(place: SessionPlace, session: Session) -> str:
    """Stored at 09:05: the time in the session's zone; nothing when nothing is stored."""
    if place.recorded_at is None:
        return ""
    return _("Stored at %(time)s") % {"time": f"{place.recorded_at.astimezone(session.zone):%H:%M}"}


def count_words(found: Attendance) -> str:
    """How many attended in which way."""
    return _(
        "%(present)s present, %(partial)s partly, %(absent)s absent, %(excused)s excused, %(unrecorded)s without a mark"
    ) % {
        "present": found.present, "partial": found.partial, "absent": found.absent, "excused": found.excused,
        "unrecorded": found.unrecorded,
    }  # fmt: skip


def values_of(session: Session) -> dict[str, Any]:
    """A session as the values of a letter: all that its words and its calendar file need."""
    return {
        "session": session.pk,
        "uid": str(session.uid),
        "sequence": session.sequence,
        "changed_at": session.changed_at.isoformat(),
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "time_zone": session.time_zone,
        "place": session.place,
        "room": session.room,
        "online_address": session.online_address,
        "course": session.course.code,
        "title_en": session.course.title_en,
        "title_es": session.course.title_es,
    }


def moment(values: Mapping[str, Any], name: str) -> dt.datetime:
    """A moment among the values of a letter."""
    return dt.datetime.fromisoformat(values[name])


def where(values: Mapping[str, Any]) -> str:
    """Place and room."""
    return ", ".join(part for part in (values["place"], values["room"]) if part)


def event_of(values: Mapping[str, Any], *, host: str, link: str = "", is_canceled: bool = False) -> Event:
    """The session as a calendar shows it, in the active language. Its UID is the same in each file and feed."""
    online = [_("Online: %(address)s") % {"address": values["online_address"]}] if values["online_address"] else []
    title = f"{values['course']} · {values[f'title_{active()}']}"
    return Event(
        uid=f"{values['uid']}@{host}",
        sequence=values["sequence"],
        changed_at=moment(values, "changed_at"),
        starts_at=moment(values, "starts_at"),
        ends_at=moment(values, "ends_at"),
        summary=title,
        location=where(values) or values["online_address"],
        description="\n".join([*online, *([link] if link else [])]),
        address=link,
        is_canceled=is_canceled,
    )
