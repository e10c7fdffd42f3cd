"""The letters about editions: a candidate waits, changes are asked for, it is approved, it is published."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.bilingual import active
from people.letters import Values, Words, greeting, letter_kind

from . import reminder_letter_kinds, session_letter_kinds  # noqa: F401 (further letters)

SAMPLE = {
    "name": "Javier Núñez Ávila",
    "edition": "3",
    "title_en": "Customs Officer",
    "title_es": "Oficial de aduanas",
    "reason": "",
    "link": "https://puente.example/en/manage/editions/3/",
}


def _edition(values: Values) -> dict[str, str]:
    """The names that the sentences below use."""
    return {
        "number": values["edition"],
        "curriculum": values[f"title_{active()}"],
        "code": values.get("participant", ""),
    }


def _details(values: Values) -> tuple[tuple[str, str], ...]:
    return ((_("Reason for the correction"), values["reason"]),) if values.get("reason") else ()


@letter_kind("edition_waiting", title=gettext_lazy("Edition waits for approval"), sample=SAMPLE)
def edition_waiting(values: Values) -> Words:
    return Words(
        subject=_("Edition %(number)s of “%(curriculum)s” waits for your approval") % _edition(values),
        greeting=greeting(values),
        paragraphs=(
            _("A candidate for edition %(number)s of “%(curriculum)s” is gathered. It needs the approval of each "
              "Participant before it is published.") % _edition(values),
            _("Its page shows what differs from the edition before, in both languages. Approve it there for your "
              "Participant, or ask for changes."),
        ),
        button=(_("Read the candidate"), values["link"]),
        details=_details(values),
        reason=_("You receive this because you approve editions for your Participant."),
    )  # fmt: skip


@letter_kind(
    "edition_changes_requested",
    title=gettext_lazy("Changes of an edition requested"),
    sample=SAMPLE | {"participant": "SHCP", "object": "CO-101-L1"},
)
def edition_changes_requested(values: Values) -> Words:
    where = ((_("Learning object"), values["object"]),) if values.get("object") else ()
    return Words(
        subject=_("%(code)s asks for changes of edition %(number)s of “%(curriculum)s”") % _edition(values),
        greeting=greeting(values),
        paragraphs=(
            _("%(code)s has read the candidate that you proposed and asks for changes. The comment stands on its page.")
            % _edition(values),
            _("Change the drafts and propose a new candidate; it takes the place of this one."),
        ),
        button=(_("Read the comment"), values["link"]),
        details=(*where, *_details(values)),
        reason=_("You receive this because you proposed this candidate."),
    )


@letter_kind("edition_approved", title=gettext_lazy("Edition approved"), sample=SAMPLE | {"participant": "DHS"})
def edition_approved(values: Values) -> Words:
    return Words(
        subject=_("%(code)s has approved edition %(number)s of “%(curriculum)s”") % _edition(values),
        greeting=greeting(values),
        paragraphs=(
            _("%(code)s has approved the candidate that you proposed. When each Participant has, it can be published.")
            % _edition(values),
        ),
        button=(_("Open the candidate"), values["link"]),
        details=_details(values),
        reason=_("You receive this because you proposed this candidate."),
    )


@letter_kind("edition_published", title=gettext_lazy("Edition published"), sample=SAMPLE)
def edition_published(values: Values) -> Words:
    return Words(
        subject=_("Edition %(number)s of “%(curriculum)s” is published") % _edition(values),
        greeting=greeting(values),
        paragraphs=(
            _("Edition %(number)s of “%(curriculum)s” is published in both languages. New cohorts follow it; running "
              "cohorts keep theirs.") % _edition(values),
            _("The record of decision can be printed from its page, in duplicate."),
        ),
        button=(_("Open the edition"), values["link"]),
        details=_details(values),
        reason=_("You receive this because you proposed or approved this edition."),
    )  # fmt: skip


@letter_kind(
    "manager_message",
    title=gettext_lazy("Message of a program manager"),
    sample={
        "name": "Javier Núñez Ávila",
        "by": "Rodrigo Iván Muñiz Peña",
        "subject_en": "Room of Thursday’s session",
        "subject_es": "Sala de la sesión del jueves",
        "text_en": "The session of Thursday takes place in room 4.\n\nPlease be there ten minutes early.",
        "text_es": "La sesión del jueves se realizará en la sala 4.\n\nPreséntese diez minutos antes.",
    },
    useful_for=dt.timedelta(days=14),
)
def manager_message(values: Values) -> Words:
    """What a manager wrote to many, in both languages."""
    text = values[f"text_{active()}"].replace("\r\n", "\n")
    return Words(
        subject=values[f"subject_{active()}"],
        greeting=greeting(values),
        paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        reason=_("You receive this because %(name)s manages a cohort in which you are enrolled. You may reply.")
        % {"name": values["by"]},
    )


@letter_kind(
    "cohort_moved",
    title=gettext_lazy("Cohort follows a newer edition"),
    sample=SAMPLE | {"cohort_en": "Laredo, fall", "cohort_es": "Laredo, otoño"},
)
def cohort_moved(values: Values) -> Words:
    named = _edition(values) | {"cohort": values[f"cohort_{active()}"]}
    return Words(
        subject=_("Your cohort follows edition %(number)s of “%(curriculum)s”") % named,
        greeting=greeting(values),
        paragraphs=(
            _("The cohort “%(cohort)s” follows edition %(number)s of “%(curriculum)s” from now on.") % named,
            _("Lessons and quizzes that you completed keep counting, and a course that you completed stays completed. "
              "Where the edition has new lessons, your percentage is counted anew over all of them and may be lower "
              "than before."),
        ),
        button=(_("Open my learning"), values["link"]),
        details=_details(values),
        reason=_("You receive this because you are enrolled in this cohort."),
    )  # fmt: skip
