"""The round's reminders: offices by their own clock, some supervisors, and three weeks of the sweep."""

from __future__ import annotations

import datetime as dt

from curricula.reminder_rules import rules_that_hold
from curricula.reminding import FIRST_DAYS, Hours
from curricula.services.reminders import set_reminder_rules, write_due_reminders
from people import clock
from people.models import Office, Participant, User
from people.services.directory import save_person
from people.services.posting import send_due_letters
from people.time_zones import TimeZone

from .accounts import make_accounts

NOON = dt.time(18)
"""In UTC: noon or soon after it in both capitals."""

WEEKS = 3
ZONES = {
    TimeZone.TIJUANA: ("Tijuana", "Tecate", "Mexicali", "Ensenada"),
    TimeZone.HERMOSILLO: ("Nogales", "Naco", "Agua Prieta", "Sonoyta", "San Luis Río Colorado"),
    TimeZone.JUAREZ: ("Ciudad Juárez",),
    TimeZone.OJINAGA: ("Ojinaga",),
    TimeZone.MATAMOROS: ("Nuevo Laredo", "Ciudad Reynosa", "Matamoros", "Piedras Negras", "Ciudad Acuña", "Colombia"),
    TimeZone.CANCUN: ("Cancún", "Subteniente López"),
    TimeZone.LOS_ANGELES: ("San Ysidro", "Otay Mesa", "Calexico"),
    TimeZone.PHOENIX: ("Nogales (Arizona)", "Douglas", "San Luis"),
    TimeZone.DENVER: ("El Paso",),
    TimeZone.CHICAGO: ("Laredo", "Brownsville", "Hidalgo", "Del Rio", "Eagle Pass", "Presidio"),
}
SUPERVISED = ("Tecate", "Ensenada")


def remind() -> int:
    """Let three weeks of reminders go out, on the Wednesdays until now; how many. Repeated, it writes nothing new."""
    users = make_accounts()
    for zone, names in ZONES.items():
        Office.objects.filter(name_es__in=names, time_zone="").update(time_zone=zone)
    chief, administrator = users["gestion@aduanas.example"], users["administracion@aduanas.example"]
    officers = User.objects.filter(is_demo=True, office__name_es__in=SUPERVISED, supervisor=None)
    for person in officers.filter(participant=chief.participant_id).exclude(pk=chief.pk):
        person.supervisor = chief
        save_person(person=person, by=administrator)
    side = Participant.objects.get(people=chief)
    if side.pk not in rules_that_hold().hours:
        set_reminder_rules(participant=side, hours=Hours(escalate_after=2), days=FIRST_DAYS, by=chief)
    return sum(_sweep(moment) for moment in _wednesdays(clock.now()))


def _wednesdays(now: dt.datetime) -> list[dt.datetime]:
    last = dt.datetime.combine(now.date() - dt.timedelta(days=(now.weekday() - 2) % 7), NOON, dt.UTC)
    last -= dt.timedelta(days=7 if last > now else 0)
    return [last - dt.timedelta(weeks=week) for week in reversed(range(WEEKS))]


def _sweep(moment: dt.datetime) -> int:
    """What was due at that moment, written and sent then: a letter of weeks ago would be too late now."""
    with clock.simulated(moment):
        written = sum(write_due_reminders(people=User.objects.filter(is_demo=True)))
        for _state in send_due_letters():
            pass
    return written
