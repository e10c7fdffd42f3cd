"""Measure the workloads of docs/bench.md on a throw-away installation."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lms.bench.isolation import is_inside, require_isolation, run_inside
from lms.bench.yardsticks import WORKLOADS

FEWEST = 20


class Command(BaseCommand):
    """Never touches the installation's own folder or database."""

    help = "Measure the workloads of docs/bench.md on a throw-away installation."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--officers", type=int, default=1500)
        parser.add_argument("--only", default=",".join(WORKLOADS), help="workloads, such as A,B,C''")
        parser.add_argument("--json", type=Path, help="also write the figures into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        only = [name.strip().upper() for name in options["only"].split(",") if name.strip()]
        if unknown := [name for name in only if name not in WORKLOADS]:
            values = {"unknown": ", ".join(unknown), "known": ", ".join(WORKLOADS)}
            raise CommandError(_("There is no workload %(unknown)s. There are %(known)s.") % values)
        if options["officers"] < FEWEST:
            raise CommandError(_("Measure with at least %(fewest)s officers.") % {"fewest": FEWEST})
        if not find_spec("psutil"):
            raise CommandError(_("The benchmark needs psutil; “make bench” installs it."))
        if is_inside():
            self._measure(options["officers"], only, options["json"])
            return
        arguments = ["--officers", str(options["officers"]), "--only", ",".join(only)]
        if options["json"]:
            arguments += ["--json", str(options["json"].resolve())]
        try:
            status = run_inside(arguments)
        except KeyboardInterrupt:
            status = 130
        if status:
            sys.exit(status)

    def _measure(self, officers: int, only: list[str], json: Path | None) -> None:
        from lms.bench.running import report, run, write_json  # needs psutil

        require_isolation()
        on, figures = run(officers=officers, only=only, say=self._say)
        self.stdout.write(report(on, figures))
        if json:
            write_json(json, on, figures)

    def _say(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
