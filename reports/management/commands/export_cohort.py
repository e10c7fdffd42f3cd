"""Write a cohort as a file: CSV, a workbook, or HDF5."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from curricula.exceptions import UnknownCohort
from curricula.models import Cohort, Enrollment
from people import audit
from people.bilingual import LANGUAGES
from people.exceptions import DomainError
from reports.exports.files import FORMATS, Subject, write_export
from reports.exports.tables import CONTENTS, tables_of


class Command(BaseCommand):
    """The same files as on the cohort's page, over all officers of the cohort."""

    help = "Write the statistics, the officers or the progress of a cohort to a file."

    requires_system_checks = []  # `serve` has checked; this starts half a second sooner

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cohort", help="the code of the cohort")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the file to write")
        parser.add_argument("--content", choices=CONTENTS, default="statistics", help="the table in a CSV file")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="the language of the headings")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.filter(code=options["cohort"]).select_related("edition__curriculum").first()
        if cohort is None:
            known = ", ".join(Cohort.objects.values_list("code", flat=True)) or "–"
            raise CommandError(str(UnknownCohort(code=options["cohort"], known=known)))
        contents = [options["content"]] if options["format"] == "csv" else list(CONTENTS)
        tables = tables_of(cohort, Enrollment.objects.filter(cohort=cohort), contents)
        try:
            write_export(
                options["output"],
                options["format"],
                tables,
                about=Subject.of_cohort(cohort),
                language=options["language"],
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        contents_said = options["content"] if options["format"] == "csv" else "cohort"
        audit.record(
            "reports.cohort.exported", cohort, by=None, data={"content": contents_said, "format": options["format"]}
        )
        rows = {table.table.name: len(table.rows) for table in tables}
        said = ", ".join(f"{name}: {count:,}" for name, count in rows.items())
        self.stdout.write(_("Written to %(file)s (%(rows)s).") % {"file": options["output"], "rows": said})
