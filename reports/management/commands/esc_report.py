"""Freeze a period and write the report to the Executive Steering Committee: extract, figures, and both editions."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.exceptions import DomainError
from reports.services.freezing import freeze
from reports.services.reporting import make_report, write_out


class Command(BaseCommand):
    """Run twice, it writes the same bytes."""

    help = "Freeze a period and write snapshot.h5, figures.json, report-en.pdf and report-es.pdf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="from_on", required=True, metavar="DATE", help="first day, such as 2026-01-01"
        )
        parser.add_argument("--to", dest="to_on", required=True, metavar="DATE", help="last day, such as 2026-06-30")
        parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="the folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        period = {name: _day(options[name], option) for name, option in (("from_on", "--from"), ("to_on", "--to"))}
        try:
            snapshot = freeze(**period, by=None)
            report = make_report(snapshot=snapshot, by=None)
            paths = write_out(report, options["output"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        for path in paths:
            self.stdout.write(f"{report.files[path.name]}  {path}")
        if snapshot.is_demo:
            self.stdout.write(self.style.WARNING(_("These figures are demonstration data, and say so on every page.")))


def _day(text: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("%(option)s: “%(value)s” is not a date. Write it as year-month-day, such as 2026-06-30.")
            % {"option": option, "value": text}
        ) from None
