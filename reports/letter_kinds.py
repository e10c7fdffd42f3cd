"""The letters about exports."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.bilingual import active
from people.letters import Values, Words, greeting, letter_kind


@letter_kind(
    "cohort_export_ready",
    title=gettext_lazy("Repeated export is ready"),
    sample={
        "name": "Javier Núñez Ávila",
        "cohort_en": "Laredo, fall",
        "cohort_es": "Laredo, otoño",
        "link": "https://puente.example/en/jobs/7/",
    },
)
def cohort_export_ready(values: Values) -> Words:
    named = {"cohort": values[f"cohort_{active()}"]}
    return Words(
        subject=_("The export of “%(cohort)s” is ready") % named,
        greeting=greeting(values),
        paragraphs=(
            _("The export of “%(cohort)s” that you have repeated on a schedule is ready. Sign in to download it.")
            % named,
            _("You can stop it on the page of the cohort’s exports."),
        ),
        button=(_("Open the export"), values["link"]),
        reason=_("You receive this because you asked for this export to be repeated."),
    )
