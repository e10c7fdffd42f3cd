"""Import questions of other programs into the bank; without --apply it only says what it would do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courses.models import ItemCategory
from courses.question_report import rows_of_plan
from courses.services.questions import apply_import, plan_import
from people.exceptions import DomainError


class Command(BaseCommand):
    """Dry run by default."""

    help = "Import questions (GIFT, Moodle XML or Aiken, found by itself). A dry run by default; --apply writes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file of questions")
        parser.add_argument("--language", choices=["en", "es"], default="en", help="of texts that do not say theirs")
        parser.add_argument("--category", default="", help="the code of the category of new items")
        parser.add_argument("--apply", action="store_true", help="write the questions, all or nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as fault:
            raise CommandError(
                _("The file %(file)s cannot be read: %(reason)s.") % {"file": options["file"], "reason": fault.strerror}
            ) from None
        category = options["category"]
        if category and not ItemCategory.objects.filter(code=category).exists():
            known = ", ".join(ItemCategory.objects.values_list("code", flat=True)) or "–"
            raise CommandError(
                _("There is no category %(code)s. There are: %(known)s.") % {"code": category, "known": known}
            )
        wanted = {"data": data, "language": options["language"], "category": category, "by": None}
        try:
            plan = apply_import(**wanted) if options["apply"] else plan_import(**wanted)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        except ValidationError as refusal:
            raise CommandError("; ".join(refusal.messages)) from None
        for row in rows_of_plan(plan):
            if row["is_refused"]:
                self.stderr.write(
                    _("Line %(line)s: %(remarks)s") % {"line": row["line"], "remarks": " ".join(row["remarks"])}
                )
        self.stdout.write(
            _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused.") % plan.counts
        )
        if not options["apply"]:
            self.stdout.write(_("Nothing was written. Add --apply to write it."))
