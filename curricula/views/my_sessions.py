"""Sessions as an officer sees them: what comes, signing up, declining, the calendar, and the code in the room."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import clock
from people.exceptions import DomainError
from people.limits import limited
from people.models import User

from ..ics import PUBLISH, calendar_file
from ..models import CalendarFeed, Session, SessionPlace
from ..services.attendance import attend_by_code
from ..services.calendar_feeds import end_feed, feed_of, make_feed, token_of
from ..services.places import give_back, sign_up
from ..services.session_letters import host, page_of
from ..session_access import session_of_mine
from ..session_code import session_of
from ..session_selectors import my_sessions, sessions_for_calendar
from ..session_words import event_of, values_of


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The sessions of the own cohorts: those to come, then those with an own place that are over."""
    found = my_sessions(cast("User", request.user))
    is_coming = [each.session.state == Session.State.PLANNED and not _is_over(each.session) for each in found]
    context = {
        "coming": [each for each, coming in zip(found, is_coming, strict=True) if coming],
        "over": [each for each, coming in zip(reversed(found), reversed(is_coming), strict=True) if not coming],
    }
    return render(request, "curricula/my_sessions.html", context)


@login_required
@never_cache
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One session, with what the officer can do about it."""
    person = cast("User", request.user)
    session, _enrollment = session_of_mine(person, pk)
    found = my_sessions(person, Session.objects.filter(pk=session.pk))[0]
    return render(request, "curricula/my_session.html", {"mine": found, "session": found.session})


@login_required
@require_POST
def take_place(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer signs up, or waits when there is no seat."""
    person = cast("User", request.user)
    session, enrollment = session_of_mine(person, pk)
    try:
        done = sign_up(session=session, enrollments=[enrollment], by=person)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        if done.seated:
            messages.success(request, _("You have a seat. An e-mail with the calendar file is on its way."))
        elif done.waiting:
            messages.info(request, _("All seats are taken. You are on the waiting list, and we write to you."))
        else:
            messages.info(request, _("You had a place already."))
    return redirect("my_session", pk)


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer gives the own place back, before the session begins."""
    person = cast("User", request.user)
    session, enrollment = session_of_mine(person, pk)
    place = get_object_or_404(SessionPlace.objects.select_related("session"), session=session, enrollment=enrollment)
    try:
        give_back(place=place, by=person)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have declined. The seat goes to somebody who waits."))
    return redirect("my_session", pk)


@login_required
@never_cache
@require_safe
def calendar_of_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The calendar file of a session in which the officer has a place."""
    person = cast("User", request.user)
    session, enrollment = session_of_mine(person, pk)
    get_object_or_404(SessionPlace.objects.seated(), session=session, enrollment=enrollment)
    return _calendar([session], get_language() or "en", attachment="session.ics")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The address of the own feed: made, replaced, ended."""
    person = cast("User", request.user)
    if request.method == "POST":
        if request.POST.get("end"):
            end_feed(by=person)
            messages.success(request, _("The address works no more."))
        else:
            make_feed(by=person)
            messages.success(request, _("Your calendar has a new address. One that was there before works no more."))
        return redirect("my_calendar")
    feed = CalendarFeed.objects.filter(person=person, is_open=True).first()
    address = _absolute(reverse("calendar_feed", args=[token_of(feed)])) if feed else ""
    return render(request, "curricula/my_calendar.html", {"feed": feed, "address": address})


@limited("curricula.calendar", methods=("GET",))
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed, for a calendar program that cannot sign in: day, hours, place and course of the person's own
    sessions, and nobody's name. In the person's language."""
    found = feed_of(token)
    if found is None:
        raise Http404
    return _calendar(sessions_for_calendar(found.person), found.person.preferred_language)


@require_safe
def attend_here(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the code of the room has no language: it leads to the page in the officer's."""
    language = getattr(request.user, "preferred_language", "") or get_language() or "en"
    with override(language):
        return redirect("attend", code)


@limited("curricula.attend", methods=("GET", "POST"))
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: HttpRequest, code: str) -> HttpResponse:
    """The officer has scanned the code: one press says that the officer is here. Shown as stored only when it is."""
    person = cast("User", request.user)
    context: dict[str, object] = {"code": code}
    try:
        session, enrollment = session_of_mine(person, session_of(code))
        context["session"] = session
        if request.method == "POST":
            place = attend_by_code(session=session, enrollment=enrollment, by=person)
            context["place"] = place
    except DomainError as refusal:
        context["refusal"] = str(refusal)
    return render(request, "curricula/attend.html", context, status=409 if "refusal" in context else 200)


def _calendar(sessions: list[Session], language: str, *, attachment: str = "") -> HttpResponse:
    with override(language):
        events = [
            event_of(
                values_of(session), host=host(), link=page_of(session, language),
                is_canceled=session.state == Session.State.CANCELED,
            )
            for session in sessions
        ]  # fmt: skip
        data = calendar_file(events, method=PUBLISH, name=_("Puente: my sessions"), language=language)
    headers = {"Content-Disposition": f'attachment; filename="{attachment}"'} if attachment else {}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


def _absolute(address: str) -> str:
    return f"{str(settings.PUENTE_BASE_URL).rstrip('/')}{address}"


def _is_over(session: Session) -> bool:
    return session.ends_at <= clock.now()
