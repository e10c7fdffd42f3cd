"""Fill the demonstration round: accounts, approvals, rosters, and sixteen weeks of the officers' work."""

from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lms.demonstration.life import live, officers_waiting
from lms.demonstration.practice import hold_exercises
from lms.demonstration.reminding import remind
from lms.demonstration.round import set_round
from lms.demonstration.sessions import hold_sessions
from lms.demonstration.stage import publish_complete_editions, set_stage
from people.exceptions import DomainError


class Command(BaseCommand):
    """Safe to repeat: it goes on where it stopped."""

    help = "Fill the demonstration round through the product's own services; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2009, help="another seed gives other officers' lives")
        parser.add_argument("--officers", type=int, help="so many of each roster; all of them by default")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            cohorts = set_stage(officers=options["officers"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        total = officers_waiting(cohorts)
        for done in live(cohorts, seed=options["seed"]):
            self._bar(done, total)
        hold_sessions(cohorts)
        remind()
        hold_exercises(cohorts, seed=options["seed"])
        publish_complete_editions()
        set_round(cohorts)
        self.stdout.write(
            _("%(officers)s officers lived through the round in %(seconds)s seconds.")
            % {"officers": total, "seconds": round(time.monotonic() - started)}
        )

    def _bar(self, done: int, total: int) -> None:
        filled = 40 * done // max(1, total)
        self.stdout.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done}/{total}", ending="")
        if done >= total:
            self.stdout.write("")
        sys.stdout.flush()
