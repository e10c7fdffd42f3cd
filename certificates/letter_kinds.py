"""The letter about certificates: one of yours ends soon."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.bilingual import active
from people.days import iso_day_in_words
from people.letters import Values, Words, greeting, letter_kind

CERTIFICATE_ENDS = "certificate_ends"
SAMPLE = {
    "name": "Javier Núñez Ávila",
    "number": "PU-2026-000123",
    "title_en": "Customs Officer",
    "title_es": "Oficial de aduanas",
    "valid_until": "2027-03-31",
    "renewable_from": "2026-12-31",
    "link": "https://puente.example/en/certificates/PU-2026-000123/",
}


@letter_kind(
    CERTIFICATE_ENDS,
    title=gettext_lazy("Certificate ends soon"),
    sample=SAMPLE,
    useful_for=dt.timedelta(days=10),
)
def certificate_ends(values: Values) -> Words:
    named = {
        "curriculum": values[f"title_{active()}"],
        "number": values["number"],
        "day": iso_day_in_words(values["valid_until"]),
        "from": iso_day_in_words(values["renewable_from"]),
    }
    return Words(
        subject=_("Your certificate of “%(curriculum)s” is valid until %(day)s") % named,
        greeting=greeting(values),
        paragraphs=(
            _("Your certificate %(number)s of “%(curriculum)s” is valid until %(day)s. From then on, whoever checks it "
              "reads that it has expired.") % named,
            _("It can be renewed from %(from)s on, by completing the curriculum again. What you completed before stays "
              "on record and does not count for the new period. Ask the program manager of your Participant for a "
              "place in a cohort.") % named,
        ),
        button=(_("Open the certificate"), values["link"]),
        reason=_("You receive this because you hold this certificate."),
    )  # fmt: skip
