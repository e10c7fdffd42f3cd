"""Recording attendance: the roll on a tablet, the code on the screen, the signed sheet entered as a list."""

from __future__ import annotations

import io
from typing import cast

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.exceptions import DomainError
from people.idle import passive
from people.models import User

from ..attendance_list import Mark, read_list
from ..models import AttendanceMark, Session, SessionPlace
from ..services.attendance import OPENS_BEFORE, record_attendance
from ..services.sessions import close_roll
from ..session_access import places_visible_to, session_for
from ..session_code import LIVES_SECONDS, NEW_EVERY_SECONDS, code_for
from ..session_forms import SheetForm
from ..session_messages import sentence
from ..session_selectors import attendance_of, by_number, in_order
from ..session_words import count_words, recorded_words

How = AttendanceMark.How


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """The roll. With script each mark is stored when it is pressed; without it the whole form at once, and of it only
    what differs from what the page showed."""
    session = session_for(request.user, pk)
    visible = places_visible_to(request.user, session).seated()
    places = in_order(visible)
    wrong: dict[int, str] = {}
    if request.method == "POST":
        changed = {p.pk: _posted(request, p.pk, session) for p in places if _differs(request, p.pk)}
        wrong = {pk: found for pk, found in changed.items() if isinstance(found, str)}
        marks = {pk: found for pk, found in changed.items() if isinstance(found, Mark)}
        if not wrong:
            try:
                record_attendance(session=session, marks=marks, how=How.ROLL, by=cast("User", request.user))
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                said = ngettext("%(n)s mark is stored.", "%(n)s marks are stored.", len(marks)) % {"n": len(marks)}
                messages.success(request, said if marks else _("Nothing was changed, so nothing was written."))
                return redirect("curricula:session_roll", pk)
    context = {
        "session": session,
        "rows": [(place, _shown(request, place, wrong), wrong.get(place.pk, "")) for place in places],
        "states": SessionPlace.Attendance.choices,
        "attendance": attendance_of(visible),
        "opens_at": session.starts_at - OPENS_BEFORE,
        "wrong": len(wrong),
    }
    return render(request, "curricula/session_roll.html", context, status=400 if wrong else 200)


@login_required
@never_cache
@require_POST
def mark(request: HttpRequest, pk: int, place: int) -> JsonResponse:
    """Store one mark; the answer is what is stored, or why it is not."""
    session = session_for(request.user, pk)
    row = get_object_or_404(places_visible_to(request.user, session).seated(), pk=place)
    found = _posted(request, row.pk, session)
    if isinstance(found, str):
        return JsonResponse({"error": found}, status=400)
    try:
        stored = record_attendance(session=session, marks={row.pk: found}, how=How.ROLL, by=cast("User", request.user))
    except DomainError as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    if not stored:  # the place was given back meanwhile
        return JsonResponse({"error": _("This officer has no seat any more. Open the roll again.")}, status=409)
    now = stored[0]
    return JsonResponse(
        {
            "state": now.attendance,
            "minutes": now.minutes,
            "stored": recorded_words(now, session),
            "counts": count_words(attendance_of(places_visible_to(request.user, session))),
        }
    )


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the roll of the officers whom the reader may see: who has no mark was absent."""
    session = session_for(request.user, pk)
    keys = list(places_visible_to(request.user, session).seated().values_list("pk", flat=True))
    try:
        absent = close_roll(session=session, places=keys, by=cast("User", request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "The roll is closed. %(n)s officer without a mark was absent.",
            "The roll is closed. %(n)s officers without a mark were absent.",
            absent,
        )
        messages.success(request, said % {"n": absent})
    return redirect("curricula:session", pk)


@login_required
@never_cache
@require_safe
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The page for the screen of the room."""
    session = session_for(request.user, pk)
    context = {
        "session": session,
        "attendance": attendance_of(places_visible_to(request.user, session)),
        "every": NEW_EVERY_SECONDS,
        "minutes": LIVES_SECONDS // 60,
        "is_open": session.state == Session.State.PLANNED,
    }
    return render(request, "curricula/session_code.html", context)


@passive
@login_required
@never_cache
@require_safe
def code_drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """The code as it is now, as a drawing."""
    session = session_for(request.user, pk)
    address = f"{str(settings.PUENTE_BASE_URL).rstrip('/')}{reverse('attend_by_code', args=[code_for(session.pk)])}"
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", scale=8, border=4, light="#FFFFFF", dark="#14213D")
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed sheet as a list: first what it would record and every error, then exactly that."""
    session = session_for(request.user, pk)
    places = in_order(places_visible_to(request.user, session).seated())
    form = SheetForm(request.POST or None, request.FILES or None)
    context = {"session": session, "form": form, "seated": len(places)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "curricula/session_sheet.html", context)
    text, rest = form.cleaned_data["text"], form.cleaned_data["rest_absent"]
    read = read_list(text, officers=by_number(places), length=session.minutes)
    marks = {key: found for key, (_line, found) in read.marks.items()}
    if rest:
        marks = {place.pk: Mark("absent", 0) for place in places} | marks
    if request.POST.get("apply") == "yes" and not read.errors:
        try:
            record_attendance(session=session, marks=marks, how=How.SHEET, by=cast("User", request.user))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext("%(n)s mark is stored.", "%(n)s marks are stored.", len(marks))
            messages.success(request, said % {"n": len(marks)})
        return redirect("curricula:session", pk)
    context |= {
        "text": text,
        "rest_absent": rest,
        "errors": [(error.line, sentence(error)) for error in read.errors],
        "rows": [(place, marks[place.pk], _is_new(place, marks[place.pk])) for place in places if place.pk in marks],
    }
    return render(request, "curricula/session_sheet_preview.html", context)


def _is_new(place: SessionPlace, found: Mark) -> bool:
    return (place.attendance, place.minutes) != (found.state, found.minutes)


def _posted(request: HttpRequest, place: int, session: Session) -> Mark | str:
    """The mark of a place among what was sent, or what is wrong with it."""
    state = request.POST.get(f"state-{place}", "")
    if state == SessionPlace.Attendance.PRESENT:
        return Mark(state, session.minutes)
    if state in {SessionPlace.Attendance.ABSENT, SessionPlace.Attendance.EXCUSED}:
        return Mark(state, 0)
    if state != SessionPlace.Attendance.PARTIAL:
        return _("Choose how the officer attended.")
    said = request.POST.get(f"minutes-{place}", "").strip()
    if not (said.isascii() and said.isdecimal() and len(said) < 5 and 1 <= int(said) <= session.minutes):
        return _("Write the minutes of presence, from 1 to %(most)s.") % {"most": session.minutes}
    return Mark(state, int(said))


def _differs(request: HttpRequest, place: int) -> bool:
    state, minutes = request.POST.get(f"state-{place}", ""), request.POST.get(f"minutes-{place}", "").strip()
    if not state:
        return False
    now = f"{state}:{minutes}" if state == SessionPlace.Attendance.PARTIAL else f"{state}:"
    return now != request.POST.get(f"was-{place}", ":")


def _shown(request: HttpRequest, place: SessionPlace, wrong: dict[int, str]) -> dict[str, str]:
    """What the row shows: after an error what was sent, else what is stored. `was` is always what is stored."""
    is_partial = place.attendance == SessionPlace.Attendance.PARTIAL
    stored = {"state": place.attendance, "minutes": str(place.minutes) if is_partial else ""}
    was = f"{stored['state']}:{stored['minutes']}"
    if not wrong:
        return stored | {"was": was}
    sent = {name: request.POST.get(f"{name}-{place.pk}", stored[name]) for name in ("state", "minutes")}
    return sent | {"was": was}
