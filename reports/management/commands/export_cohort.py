"""Write a cohort as a file: CSV, a workbook, Parquet, or HDF5."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from curricula.exceptions import UnknownCohort
from curricula.models import Cohort, Enrollment
from people import audit
from people.bilingual import LANGUAGES
from people.exceptions import DomainError
from reports.exports.codebook import codebook
from reports.exports.files import FORMATS, Counts, write_export
from reports.exports.shape import Filled, Subject
from reports.exports.tables import CONTENTS, tables_of


class Command(BaseCommand):
    """The same files as on the cohort's page, over all officers of the cohort."""

    help = "Write the tables of a cohort to a file. A CSV holds one table; its code book is written beside it."

    requires_system_checks = []  # `serve` has checked; this starts half a second sooner

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cohort", help="the code of the cohort")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the file to write")
        parser.add_argument(
            "--content",
            choices=CONTENTS,
            action="append",
            help="a table; given several times, several. The statistics as CSV, all tables otherwise",
        )
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="the language of the headings")
        parser.add_argument("--pseudonyms", action="store_true", help="pseudonyms in the place of names")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.filter(code=options["cohort"]).select_related("edition__curriculum").first()
        if cohort is None:
            known = ", ".join(Cohort.objects.values_list("code", flat=True)) or "–"
            raise CommandError(str(UnknownCohort(code=options["cohort"], known=known)))
        given, named = options["content"], not options["pseudonyms"]
        contents = [given] if isinstance(given, str) else given or self._all(options["format"], named=named)
        try:
            with translation.override(options["language"]):
                counts = self._write(cohort, contents, named=named, options=options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        what = {"content": contents, "format": options["format"], "named": named}
        audit.record("reports.cohort.exported", cohort, by=None, data=what)
        said = ", ".join(f"{name}: {count:,}" for name, count in counts.items())
        self.stdout.write(_("Written to %(file)s (%(rows)s).") % {"file": options["output"], "rows": said})

    def _all(self, file_format: str, *, named: bool) -> list[str]:
        return ["statistics"] if file_format == "csv" else [name for name in CONTENTS if named or name != "roster"]

    def _write(self, cohort: Cohort, contents: list[str], *, named: bool, options: dict[str, Any]) -> Counts:
        path, language = options["output"], options["language"]
        tables = tables_of(cohort, Enrollment.objects.filter(cohort=cohort), contents, named=named)
        about = Subject.of_cohort(cohort, named=named)
        counts = write_export(path, options["format"], tables, about=about, language=language)
        if options["format"] == "csv" and len(contents) == 1:
            columns: list[Filled] = [codebook(tables)]
            write_export(path.with_suffix(".codebook.csv"), "csv", columns, about=about, language=language)
        return counts
