"""The sheet to sign, as a PDF."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from curricula.session_access import places_visible_to, session_for
from curricula.session_selectors import in_order

from .pdf import draw


@login_required
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The officers with a seat whom the reader may see, for whoever manages or teaches the session."""
    session = session_for(request.user, pk)
    places = in_order(places_visible_to(request.user, session).seated())
    instructors = [each.person.full_name for each in session.instructors.select_related("person")]
    name = f"attendance-{session.course.code}-{session.starts_at.astimezone(session.zone):%Y-%m-%d}.pdf"
    return HttpResponse(
        draw(session, places, instructors),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )
