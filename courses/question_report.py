"""What becomes of each question of a file, as a table in the reader's language."""

from __future__ import annotations

import csv
import io
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.spreadsheets import disarmed

from .question_messages import sentence
from .services.questions import ImportPlan


def rows_of_plan(plan: ImportPlan) -> list[dict[str, Any]]:
    """A row a question: line, name, code, outcome in words, whether it is refused, remarks as sentences."""
    words = {
        "new": pgettext("question", "new"),
        "changed": pgettext("question", "changed"),
        "unchanged": pgettext("question", "unchanged"),
        "refused": pgettext("question", "refused"),
    }
    return [
        {
            "line": row.line,
            "name": row.name,
            "code": row.code,
            "outcome": words[row.outcome],
            "is_refused": row.outcome == "refused",
            "remarks": [sentence(remark) for remark in row.remarks],
        }
        for row in plan.rows
    ]


def csv_of_plan(plan: ImportPlan) -> bytes:
    """The same as CSV in UTF-8 with its mark."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_("Line"), _("Question"), _("Code"), _("What happens"), _("Remarks")])
    for row in rows_of_plan(plan):
        cells = [row["line"], row["name"], row["code"], row["outcome"], " ".join(cast("list[str]", row["remarks"]))]
        writer.writerow([disarmed(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")
