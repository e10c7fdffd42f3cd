"""The letters about nominations for a round."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.bilingual import active
from people.days import iso_day_in_words
from people.letters import Values, Words, greeting, letter_kind

SAMPLE = {
    "name": "Javier Núñez Ávila",
    "round_en": "Round of fall 2026",
    "round_es": "Ronda de otoño de 2026",
    "reason": "",
    "link": "https://puente.example/en/my-learning/",
}
TO_NOMINEE = SAMPLE | {
    "cohort_en": "Cohort one",
    "cohort_es": "Grupo uno",
    "opens_on": "2026-11-02",
    "due_on": "2027-02-26",
}


def _names(values: Values) -> dict[str, str]:
    language = active()
    return {"round": values[f"round_{language}"], "cohort": values.get(f"cohort_{language}", "")}


@letter_kind("nomination_accepted", title=gettext_lazy("Place in a round"), sample=TO_NOMINEE)
def nomination_accepted(values: Values) -> Words:
    return Words(
        subject=_("You have a place in “%(cohort)s”") % _names(values),
        greeting=greeting(values),
        paragraphs=(
            _("Your office nominated you for “%(round)s”. The nomination was accepted: you have a place in the cohort "
              "“%(cohort)s”.") % _names(values),
            _("Your courses stand on “My learning” from the first day on. If you have never signed in, a separate "
              "e-mail invites you."),
        ),
        button=(_("Open my learning"), values["link"]),
        details=(
            (_("First day"), iso_day_in_words(values["opens_on"])),
            (_("Courses are due on"), iso_day_in_words(values["due_on"])),
        ),
        reason=_("You receive this because your office nominated you."),
    )  # fmt: skip


@letter_kind("nomination_waiting", title=gettext_lazy("On the waiting list of a round"), sample=TO_NOMINEE)
def nomination_waiting(values: Values) -> Words:
    return Words(
        subject=_("You are on the waiting list of “%(round)s”") % _names(values),
        greeting=greeting(values),
        paragraphs=(
            _("Your office nominated you for “%(round)s”. No seat is free now: you are on the waiting list.")
            % _names(values),
            _("You need not do anything. When you get a place, an e-mail tells you."),
        ),
        button=(_("Open my learning"), values["link"]),
        details=((_("Reason"), values["reason"]),) if values.get("reason") else (),
        reason=_("You receive this because your office nominated you."),
    )


@letter_kind(
    "nominations_decided",
    title=gettext_lazy("Nominations decided"),
    sample=SAMPLE | {"persons": 12, "state": "declined", "reason": "The posts are not part of this round."},
)
def nominations_decided(values: Values) -> Words:
    count = int(values["persons"])
    said = {
        "accepted": ngettext(
            "%(count)s officer whom you nominated for “%(round)s” was accepted and enrolled.",
            "%(count)s officers whom you nominated for “%(round)s” were accepted and enrolled.",
            count,
        ),
        "waiting": ngettext(
            "%(count)s officer whom you nominated for “%(round)s” was put on the waiting list.",
            "%(count)s officers whom you nominated for “%(round)s” were put on the waiting list.",
            count,
        ),
        "declined": ngettext(
            "%(count)s officer whom you nominated for “%(round)s” was declined.",
            "%(count)s officers whom you nominated for “%(round)s” were declined.",
            count,
        ),
    }[values["state"]]
    return Words(
        subject=_("Your nominations for “%(round)s” were decided") % _names(values),
        greeting=greeting(values),
        paragraphs=(said % {"count": count, **_names(values)}, _("The list of your nominations says who.")),
        button=(_("Open the nominations"), values["link"]),
        details=((_("Reason"), values["reason"]),) if values.get("reason") else (),
        reason=_("You receive this because you nominated for this round."),
    )
