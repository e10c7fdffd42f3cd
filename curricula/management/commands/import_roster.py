"""Import a roster into a cohort; without --apply it only says what it would do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curricula.exceptions import UnknownCohort
from curricula.models import Cohort
from curricula.roster_messages import sentence
from curricula.services.roster_plans import plan_roster
from curricula.services.rosters import apply_roster
from people.exceptions import DomainError


class Command(BaseCommand):
    """Dry run by default."""

    help = "Import a roster (CSV or XLSX) into a cohort. A dry run by default; --apply writes it, all or nothing."

    requires_system_checks = []  # `serve` has checked; this starts half a second sooner

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cohort", help="the code of the cohort")
        parser.add_argument("file", type=Path, help="the roster, as CSV or XLSX")
        parser.add_argument("--apply", action="store_true", help="write the changes")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.filter(code=options["cohort"]).first()
        if cohort is None:
            known = ", ".join(Cohort.objects.values_list("code", flat=True)) or "–"
            raise CommandError(str(UnknownCohort(code=options["cohort"], known=known)))
        try:
            data = options["file"].read_bytes()
        except OSError as fault:
            raise CommandError(
                _("The file %(file)s cannot be read: %(reason)s.") % {"file": options["file"], "reason": fault.strerror}
            ) from None
        plan = plan_roster(cohort=cohort, data=data, by=None)
        for error in plan.errors:
            self.stderr.write(sentence(error))
        self.stdout.write(
            _("%(rows)s rows: %(new)s new people, %(changed)s changed, %(unchanged)s unchanged; %(enroll)s to enroll.")
            % {
                "rows": plan.rows,
                "new": len(plan.new),
                "changed": len(plan.changed),
                "unchanged": len(plan.unchanged),
                "enroll": plan.to_enroll,
            }
        )
        if plan.new_offices:
            self.stdout.write(_("New offices: %(names)s.") % {"names": ", ".join(plan.new_offices)})
        if plan.errors:
            count = len(plan.errors)
            raise CommandError(
                ngettext("%(count)s error; nothing was written.", "%(count)s errors; nothing was written.", count)
                % {"count": count}
            )
        if not options["apply"]:
            self.stdout.write(_("Nothing was written. Add --apply to write it."))
            return
        try:
            applied = apply_roster(cohort=cohort, data=data, file_name=options["file"].name, by=None)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            _("Written: %(enrolled)s officers enrolled in %(cohort)s.")
            % {"enrolled": applied.enrolled, "cohort": cohort.code}
        )
