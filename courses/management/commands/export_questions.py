"""Export questions of the bank as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.models import CoursePage, Item, QuizItem, QuizPage
from courses.question_export import LANGUAGES, WRITERS, export_items
from people import audit


class Command(BaseCommand):
    """Of a course's quizzes, or of a category."""

    help = "Export questions as GIFT or Moodle XML, of the quizzes of a course or of a category."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where to write them")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--course", help="the code of a course: the items of its quizzes")
        which.add_argument("--category", help="the code of a category")
        parser.add_argument("--format", choices=sorted(WRITERS), default="gift")
        parser.add_argument("--languages", choices=sorted(LANGUAGES), default="both")

    def handle(self, *args: Any, **options: Any) -> None:
        items = self._items(options)
        if not items.exists():
            raise CommandError(_("There are no such questions. Look at the code of the course or the category."))
        export = export_items(items, options["format"], options["languages"])
        try:
            options["file"].write_text(export.text, encoding="utf-8", newline="")
        except OSError as fault:
            raise CommandError(
                _("The file %(file)s cannot be written: %(reason)s.")
                % {"file": options["file"], "reason": fault.strerror}
            ) from None
        told = {"format": options["format"], "languages": options["languages"], "count": export.count}
        audit.record("courses.items.exported", None, by=None, data=told)
        self.stdout.write(_("%(count)s questions written.") % {"count": export.count})
        if export.left_out:
            self.stdout.write(
                _("Left out, because the format cannot hold them: %(codes)s.") % {"codes": ", ".join(export.left_out)}
            )

    def _items(self, options: dict[str, Any]) -> QuerySet[Item]:
        items: QuerySet[Item] = Item.objects.order_by("code")
        if options["category"]:
            return items.filter(category__code=options["category"])
        course = CoursePage.objects.filter(code=options["course"]).first()
        quizzes = QuizPage.objects.child_of(course) if course else QuizPage.objects.none()
        return items.filter(pk__in=QuizItem.objects.filter(quiz__in=quizzes).values("item_id"))
