"""Read the source files of the curricula as a strict editor does."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curricula.content_findings import sentence_of
from curricula.loading.checking import check_sources, count_figures
from curricula.loading.counting import count_sources

COUNTS = gettext_lazy(
    "Courses: %(courses)s. Lessons: %(lessons)s, with %(words_en)s words in English and %(words_es)s in Spanish; "
    "linked terms: %(terms)s. Items: %(items)s, without a rationale: %(without_rationale)s, in pre-assessments: "
    "%(pre_assessment_items)s. Choices without feedback: %(without_feedback)s. Practical exercises: %(exercises)s, "
    "with %(steps)s steps. Texts in one language only: %(missing)s."
)


class Command(BaseCommand):
    """Ends with 1 when there is something to mend; nothing is loaded."""

    help = "Check the source files of the curricula: structure, both languages, keys, terms, lengths, reading."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.PUENTE_CONTENT_DIR, help="the folder of sources")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = check_sources(options["folder"])
        self.stdout.write(COUNTS % asdict(count_sources(options["folder"])))
        for finding in findings:
            self.stdout.write(sentence_of(finding))
        if findings:
            count = len(findings)
            raise CommandError(
                ngettext("%(count)s thing to mend.", "%(count)s things to mend.", count) % {"count": count}
            )
        self.stdout.write(_("There is nothing to mend."))
        self.stdout.write(
            _("Figures in lessons: %(figures)s, with a drawing: %(drawn)s, in %(courses)s courses.")
            % count_figures(options["folder"])
        )
