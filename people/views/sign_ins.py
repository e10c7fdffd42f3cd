"""For administrators: where a person is signed in, and the way to end it."""

from __future__ import annotations

from typing import cast

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from ..access import people_administered_by, right_required
from ..models import User
from ..roles import Right
from ..services.sign_ins import end_sessions


@right_required(Right.ADMINISTER)
@never_cache
def sign_ins(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's sessions; POST ends them all."""
    by = cast("User", request.user)
    person = people_administered_by(by).filter(pk=pk).first()
    if person is None:
        raise Http404
    if request.method == "POST":
        count = end_sessions(person=person, by=by)
        said = ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", count)
        messages.success(request, said % {"count": count} if count else _("Nobody was signed in."))
        return redirect("people:sign_ins", pk)
    sessions = UserSession.objects.purge_and_list(person)
    return render(request, "people/sign_ins.html", {"person": person, "sessions": sessions})
