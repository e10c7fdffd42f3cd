"""Apply the retention schedule; without --apply it only says what it would remove."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.services.retention import Due, apply_rule, due, rules


class Command(BaseCommand):
    """Dry run by default."""

    help = "Remove what each Participant's retention rules no longer allow to be kept. A dry run; --apply removes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="remove it")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [due(rule) for rule in rules()]
        if not found:
            self.stdout.write(_("There is no retention rule. Nothing is removed."))
            return
        for each in found:
            self.stdout.write(self._line(each))
            if options["apply"] and each.count:
                removed = apply_rule(rule=each.rule, by=None)
                said = ngettext("%(n)s record removed.", "%(n)s records removed.", removed) % {"n": removed}
                self.stdout.write(f"  {said}")
        if not options["apply"]:
            self.stdout.write(_("Nothing was removed. Add --apply to remove it."))

    def _line(self, found: Due) -> str:
        values = {
            "participant": found.rule.participant.code,
            "kind": found.rule.title,
            "days": found.rule.days,
            "count": found.count,
            "oldest": f"{found.oldest:%Y-%m-%d}" if found.oldest else "–",
        }
        return (
            _("%(participant)s · %(kind)s: %(count)s older than %(days)s days; the oldest is of %(oldest)s.") % values
            if found.count
            else _("%(participant)s · %(kind)s: nothing is older than %(days)s days.") % values
        )
