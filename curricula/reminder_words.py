"""Reminders, their rules and what becomes of them, in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.days import day_in_words

from .models import Reminder, ReminderRule
from .reminder_plan import Planned, Verdict
from .reminder_rules import zone_of

LABELS = {
    ReminderRule.Kind.BEFORE_DUE: gettext_lazy("First reminder: days before the last day of the cohort"),
    ReminderRule.Kind.DUE_SOON: gettext_lazy("Last reminder: days before the last day of the cohort"),
    ReminderRule.Kind.INACTIVE: gettext_lazy("Reminder after so many days without activity, and again after as many"),
}

VERDICTS = {
    Verdict.SEND: gettext_lazy("is written now"),
    Verdict.WAITS: gettext_lazy("waits for the end of quiet hours"),
    Verdict.HELD: gettext_lazy("is held back"),
    Verdict.NOTHING: gettext_lazy("nothing is due"),
}


def about(kind: str, day: dt.date, number: int) -> str:
    """What a reminder is about, in one sentence with its figures."""
    values: dict[str, Any] = {"day": day_in_words(day), "number": number}
    if kind in {Reminder.Kind.INACTIVE, Reminder.Kind.ESCALATED}:
        said = ngettext(
            "Nothing done for %(number)s day, since %(day)s.",
            "Nothing done for %(number)s days, since %(day)s.",
            number,
        )
    elif kind == Reminder.Kind.CERTIFICATE:
        said = _("Certificate valid until %(day)s.")
    elif kind == Reminder.Kind.SESSION:
        said = _("Session on %(day)s.")
    else:
        said = ngettext("%(number)s day left until %(day)s.", "%(number)s days left until %(day)s.", number)
    return said % values


def why(planned: Planned) -> str:
    """Why it is sent, waits or is held back now; or why nothing is due."""
    if planned.verdict == Verdict.HELD:
        return str(Reminder.Reason(planned.reason).label)
    if planned.verdict == Verdict.WAITS and planned.opens_at:
        at = planned.opens_at.astimezone(zone_of(planned.recipient))
        return _("Leaves on %(day)s at %(time)s (%(zone)s).") % {
            "day": day_in_words(at.date()),
            "time": f"{at:%H:%M}",
            "zone": f"{at:%Z}",
        }
    if planned.verdict == Verdict.NOTHING:
        standing = planned.standing
        values = {
            "due": day_in_words(standing.due_on),
            "last": day_in_words(standing.last_on or standing.starts_on),
        }
        if standing.last_on:
            return _("Last active on %(last)s; the cohort is open until %(due)s.") % values
        return _("Enrolled since %(last)s; the cohort is open until %(due)s.") % values
    return ""
