"""The letters about sessions: invitation, waiting list, change, cancellation, reminder."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from people.bilingual import active
from people.letters import Attachment, Values, Words, greeting, letter_kind

from .ics import CANCEL, REQUEST, Parties, calendar_file
from .models import Session
from .session_words import day_of, event_of, hours_of, moment, where

SAMPLE = {
    "name": "Javier Núñez Ávila", "session": 1, "uid": "5d3f2a9e-8f0e-4f6e-9a53-1c2d3e4f5a6b", "sequence": 0,
    "changed_at": "2026-11-25T14:05:00+00:00", "starts_at": "2026-12-03T15:00:00+00:00",
    "ends_at": "2026-12-03T19:00:00+00:00", "time_zone": "America/Matamoros", "place": "Aduana de Nuevo Laredo",
    "room": "Aula 2", "online_address": "", "course": "CO-104", "title_en": "Valuation", "title_es": "Valoración",
    "organizer": "puente@puente.example", "attendee": "javier@agency.example", "waits": False,
    "link": "https://puente.example/en/my-learning/sessions/1/",
}  # fmt: skip


def _named(values: Values) -> dict[str, str]:
    """The names that the sentences below use."""
    starts, zone = moment(values, "starts_at"), values["time_zone"]
    return {
        "course": f"{values['course']} · {values[f'title_{active()}']}",
        "day": day_of(starts, zone),
        "hours": hours_of(starts, moment(values, "ends_at"), zone),
    }


def _details(values: Values) -> tuple[tuple[str, str], ...]:
    named = _named(values)
    rows = [(_("Day"), named["day"]), (_("Time"), named["hours"]), (pgettext("venue", "Place"), where(values))]
    if values["online_address"]:
        rows.append((_("Online"), values["online_address"]))
    return tuple((name, value) for name, value in rows if value)


def _file(values: Values, method: str) -> tuple[Attachment, ...]:
    """The calendar file: the same event each time, so that a calendar replaces what it has."""
    domain = values["organizer"].rpartition("@")[2] or "localhost"
    event = event_of(values, host=domain, link=values["link"], is_canceled=method == CANCEL)
    parties = Parties(values["organizer"], values["attendee"])
    data = calendar_file([event], method=method, language=active(), parties=parties)
    return (Attachment("session.ics", data.decode(), f"text/calendar; method={method}; charset=utf-8"),)


def _letter(
    values: Values, subject: str, *paragraphs: str, method: str = "", more: tuple[str, str] | None = None
) -> Words:
    return Words(
        subject=subject % _named(values),
        greeting=greeting(values),
        paragraphs=tuple(paragraph % _named(values) for paragraph in paragraphs),
        button=(_("Open the session"), values["link"]),
        details=_details(values),
        more=more,
        reason=_("You receive this because you are enrolled in a cohort that has this session."),
        attachments=_file(values, method) if method else (),
    )


def _if_you_cannot_come() -> tuple[str, str]:
    return _("If you cannot come"), _("Decline on the page of the session: your seat goes to somebody who waits.")


@letter_kind("session_invitation", title=gettext_lazy("Session: you have a seat"), sample=SAMPLE)
def session_invitation(values: Values) -> Words:
    return _letter(
        values,
        _("You have a seat: %(course)s, %(day)s"),
        _("You have a seat in the session “%(course)s”."),
        _("The file that comes with this e-mail puts it into your calendar."),
        method=REQUEST,
        more=_if_you_cannot_come(),
    )


@letter_kind("session_waiting", title=gettext_lazy("Session: you are on the waiting list"), sample=SAMPLE)
def session_waiting(values: Values) -> Words:
    return _letter(
        values,
        _("Waiting list: %(course)s, %(day)s"),
        _("All seats of the session “%(course)s” that you could have are taken. You are on the waiting list."),
        _("When a seat becomes free, the next in order gets it by itself, and we write to you."),
    )


@letter_kind("session_promotion", title=gettext_lazy("Session: a seat became free"), sample=SAMPLE)
def session_promotion(values: Values) -> Words:
    return _letter(
        values,
        _("A seat became free for you: %(course)s, %(day)s"),
        _("You were on the waiting list of the session “%(course)s”. Now you have a seat."),
        method=REQUEST,
        more=_if_you_cannot_come(),
    )


@letter_kind("session_change", title=gettext_lazy("Session: another time or place"), sample=SAMPLE)
def session_change(values: Values) -> Words:
    stays = (
        _("You stay on the waiting list, in your place.")
        if values["waits"]
        else _("You keep your seat. The file that comes with this e-mail changes the session in your calendar.")
    )
    return _letter(
        values,
        _("Changed: %(course)s, %(day)s"),
        _("The time or the place of the session “%(course)s” has changed. Below it stands as it is now."),
        stays,
        method="" if values["waits"] else REQUEST,
        more=None if values["waits"] else _if_you_cannot_come(),
    )


@letter_kind("session_cancellation", title=gettext_lazy("Session: canceled"), sample=SAMPLE | {"reason": "room"})
def session_cancellation(values: Values) -> Words:
    reason = str(dict(Session.Reason.choices).get(values["reason"], values["reason"]))
    return _letter(
        values,
        _("Canceled: %(course)s, %(day)s"),
        _("The session “%(course)s” is not held."),
        _("Reason: %(reason)s.") % {"reason": reason.replace("%", "%%")},
        method=CANCEL,
    )


@letter_kind("session_place_given_back", title=gettext_lazy("Session: place given back"), sample=SAMPLE)
def session_place_given_back(values: Values) -> Words:
    return _letter(
        values,
        _("You have no place any more: %(course)s, %(day)s"),
        _("Your place in the session “%(course)s” was given back. It is not in your calendar any more."),
        _("If this is a mistake, sign up again on the page of the session, or ask your program manager."),
        method=CANCEL,
    )


@letter_kind("session_reminder", title=gettext_lazy("Session: reminder the day before"), sample=SAMPLE)
def session_reminder(values: Values) -> Words:
    return _letter(
        values,
        _("Coming up: %(course)s, %(day)s"),
        _("The session “%(course)s”, in which you have a seat, begins within a day."),
        more=_if_you_cannot_come(),
    )
