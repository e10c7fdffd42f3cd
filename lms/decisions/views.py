"""The record of decision: the page and the PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from curricula.models import DecisionRecord
from people.access import right_required
from people.roles import Right

from .document import document_of, names_in
from .pdf import draw


@right_required(Right.READ_CURRICULA)
@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Both languages, the reader's first; it can be printed as it stands."""
    found = _record(pk)
    names = names_in(found)
    documents = []
    for language in sorted(("en", "es"), key=lambda code: code != getattr(request, "LANGUAGE_CODE", "en")[:2]):
        with override(language):
            documents.append({"language": language, "document": document_of(found, names)})
    return render(request, "decisions/record.html", {"record": found, "documents": documents})


@right_required(Right.READ_CURRICULA)
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF in duplicate."""
    found = _record(pk)
    name = f"decision-{found.facts['curriculum']['code']}-{found.facts['edition']['number']}.pdf"
    return HttpResponse(
        draw(found),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _record(pk: int) -> DecisionRecord:
    return get_object_or_404(DecisionRecord.objects.select_related("edition__curriculum"), edition=pk)
