"""The record of who did what, for administrators: filters, pages, and the same as a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import audit, clock
from ..access import right_required
from ..audit_reading import Line, RecordFilter, all_lines, entries_visible_to, lines_of
from ..bilingual import active
from ..models import User
from ..roles import Right
from ..spreadsheets import disarmed

A_PAGE = 50


@right_required(Right.READ_AUDIT)
@never_cache
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Fifty entries, the latest first; `before` is the number from which on older ones are shown."""
    reader = cast("User", request.user)
    form = RecordFilter(request.GET)
    entries = form.narrow(entries_visible_to(reader), reader=reader)
    if (before := request.GET.get("before", "")).isdecimal() and len(before) < 19:
        entries = entries.filter(sequence__lt=int(before))
    shown = list(entries[: A_PAGE + 1])
    asked = request.GET.copy()
    asked.pop("before", None)
    first_page = asked.urlencode()
    if len(shown) > A_PAGE:
        asked["before"] = str(shown[A_PAGE - 1].sequence)
    context = {
        "form": form,
        "lines": lines_of(shown[:A_PAGE], reader=reader),
        "asked": first_page,
        "older": asked.urlencode() if len(shown) > A_PAGE else "",
        "is_first_page": not before,
        "is_filtered": bool(form.names_used),
    }
    return render(request, "people/record.html", context, status=200 if form.is_valid() else 400)


@right_required(Right.READ_AUDIT)
@never_cache
@require_safe
def record_csv(request: HttpRequest) -> HttpResponseBase:
    """All entries that the filter lets through, as CSV: UTF-8 with a byte order mark. That it was taken is recorded."""
    reader = cast("User", request.user)
    form = RecordFilter(request.GET)
    entries = form.narrow(entries_visible_to(reader), reader=reader)
    if not form.is_valid():
        return render(request, "people/record.html", {"form": form, "lines": [], "is_first_page": True}, status=400)
    audit.record("people.record.exported", None, by=reader, data={"filters": form.names_used})
    response = StreamingHttpResponse(
        _written(all_lines(entries, reader=reader), active()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="audit-record-{clock.today():%Y-%m-%d}.csv"'
    return response


class _Echo:
    """What `csv` writes to comes back at once."""

    def write(self, text: str) -> str:
        return text


def _written(lines: Iterable[Line], language: str) -> Iterator[bytes]:
    writer: Any = csv.writer(_Echo(), lineterminator="\r\n")
    with translation.override(language):
        yield ("\ufeff" + writer.writerow(_heading())).encode()
        for line in lines:
            yield writer.writerow([disarmed(value) for value in _cells(line)]).encode()


def _heading() -> list[str]:
    return [
        _("Number"),
        _("When (UTC)"),
        _("Code"),
        _("What"),
        _("Person number"),
        _("Who"),
        _("Acting for"),
        _("Whose record"),
        _("Kind of object"),
        _("Number of the object"),
        _("On whom"),
        _("Before"),
        _("After"),
        _("Details"),
        "SHA-256",
    ]


def _cells(line: Line) -> list[Any]:
    entry = line.entry
    said = [json.dumps(part, ensure_ascii=False) if part else "" for part in (entry.before, entry.after, entry.data)]
    return [
        entry.sequence,
        entry.at.strftime("%Y-%m-%d %H:%M:%S"),
        entry.action,
        line.what,
        entry.actor_id or "",
        line.who,
        line.acting_for,
        line.concerns,
        entry.object_type,
        entry.object_id,
        line.on_whom,
        *said,
        entry.sha256,
    ]
