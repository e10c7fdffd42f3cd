"""The letters that remind: the last day comes near, nothing was done for some days, and what the supervisor is told.

Each says at its foot by which rule of which Participant it came.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.bilingual import active
from people.days import iso_day_in_words
from people.letters import Values, Words, greeting, letter_kind

DUE = "reminder_due"
INACTIVE = "reminder_inactive"
ESCALATED = "reminder_supervisor"

SAMPLE = {
    "name": "Javier Núñez Ávila",
    "title_en": "Customs Officer",
    "title_es": "Oficial de aduanas",
    "participant": "SHCP",
    "due_on": "2027-03-31",
    "day": "2027-03-31",
    "number": 14,
    "days": 14,
    "most": 2,
    "link": "https://puente.example/en/my-learning/",
}


@letter_kind(DUE, title=gettext_lazy("Reminder: the last day comes near"), sample=SAMPLE)
def reminder_due(values: Values) -> Words:
    named = _named(values)
    left = ngettext(
        "There is %(number)s day left for “%(curriculum)s”.",
        "There are %(number)s days left for “%(curriculum)s”.",
        values["number"],
    )
    rule = ngettext(
        "%(participant)s reminds its officers %(days)s day before the last day of their cohort.",
        "%(participant)s reminds its officers %(days)s days before the last day of their cohort.",
        values["days"],
    )
    return Words(
        subject=_("“%(curriculum)s” is open until %(due_on)s") % named,
        greeting=greeting(values),
        paragraphs=(
            (left if values["number"] else _("Today is the last day for “%(curriculum)s”.")) % named,
            _("Your courses are open until %(due_on)s. What you have done is kept; go on where you stopped.") % named,
            _("If you cannot finish in time, write to the program manager of your Participant before that day."),
        ),
        button=(_("Go on learning"), values["link"]),
        reason=_why(values, rule % named),
    )


@letter_kind(
    INACTIVE,
    title=gettext_lazy("Reminder: nothing done for some days"),
    sample=SAMPLE | {"day": "2027-02-22", "number": 7, "days": 7},
)
def reminder_inactive(values: Values) -> Words:
    named = _named(values)
    since = ngettext(
        "You have done nothing in “%(curriculum)s” for %(number)s day.",
        "You have done nothing in “%(curriculum)s” for %(number)s days.",
        values["number"],
    )
    rule = ngettext(
        "%(participant)s reminds its officers after %(days)s day without activity.",
        "%(participant)s reminds its officers after %(days)s days without activity.",
        values["days"],
    )
    return Words(
        subject=_("“%(curriculum)s” waits for you") % named,
        greeting=greeting(values),
        paragraphs=(
            since % named,
            _("Your courses are open until %(due_on)s. What you have done is kept; go on where you stopped.") % named,
            _("If your service leaves you no time, or something does not work, write to the program manager of your "
              "Participant."),
        ),
        button=(_("Go on learning"), values["link"]),
        reason=_why(values, rule % named),
    )  # fmt: skip


@letter_kind(
    ESCALATED,
    title=gettext_lazy("To the supervisor: reminders did not help"),
    sample={
        "name": "Teresa Olvera Quiñones",
        "participant": "SHCP",
        "after": 3,
        "officers": [
            {
                "name": SAMPLE["name"],
                "title_en": SAMPLE["title_en"],
                "title_es": SAMPLE["title_es"],
                "day": "2027-02-01",
                "due_on": SAMPLE["due_on"],
            }
        ],
    },
)
def reminder_supervisor(values: Values) -> Words:
    """Names, cohort and days, and nothing of what was learned or how well."""
    officers = values["officers"]
    said = ngettext(
        "An officer whom you supervise has not gone on with a training, although we sent reminders.",
        "%(count)s officers whom you supervise have not gone on with a training, although we sent reminders.",
        len(officers),
    ) % {"count": len(officers)}
    reason = ngettext(
        "You receive this because you are named as supervisor. %(participant)s tells supervisors after %(after)s "
        "reminder without any activity.",
        "You receive this because you are named as supervisor. %(participant)s tells supervisors after %(after)s "
        "reminders without any activity.",
        values["after"],
    )
    return Words(
        subject=ngettext(
            "A training of an officer has come to a halt", "Trainings of officers have come to a halt", len(officers)
        ),
        greeting=greeting(values),
        paragraphs=(
            said,
            _("Please ask what stands in the way, and whether there is time in service for it. If an officer cannot "
              "finish, tell the program manager of your Participant."),
        ),
        details=tuple(
            (
                officer["name"],
                _("%(curriculum)s: nothing since %(day)s, open until %(due_on)s") % _named(officer),
            )
            for officer in officers
        ),
        reason=reason % {"participant": values["participant"], "after": values["after"]},
    )  # fmt: skip


def _named(values: Values) -> dict[str, Any]:
    """The names that the sentences use."""
    return {
        "curriculum": values[f"title_{active()}"],
        "participant": values.get("participant", ""),
        "number": values.get("number", ""),
        "days": values.get("days", ""),
        "day": iso_day_in_words(values["day"]),
        "due_on": iso_day_in_words(values["due_on"]),
    }


def _why(values: Values, rule: str) -> str:
    limit = ngettext(
        "At most %(most)s reminder in seven days, and none in quiet hours.",
        "At most %(most)s reminders in seven days, and none in quiet hours.",
        values["most"],
    )
    return " ".join((_("You receive this because you are enrolled."), rule, limit % {"most": values["most"]}))
