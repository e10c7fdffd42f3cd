"""The way in for somebody who was invited: the link of the letter, then a page without it in its address.

The session remembers what is kept of the link, and the link is left at once, so that it stands in no log of errors and
in no referrer. Whatever is wrong with a link, the answer is the same.
"""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from ..forms.invitations import FirstPasswordForm
from ..limits import seconds_to_wait, too_many
from ..services.invitations import InvitationNotValid, accept_invitation, invitation_behind, token_hash

SESSION_KEY = "invitation"
RATE = "people.accept_invitation"


@never_cache
@require_safe
@sensitive_variables("token")
def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember a link that works, and go on without it. Never an error here: errors are logged with their address."""
    request.session.pop(SESSION_KEY, None)
    known = token_hash(token)
    if not seconds_to_wait(request, RATE) and invitation_behind(known):
        request.session[SESSION_KEY] = known
    return redirect("people:invitation")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Choose a password, and be in."""
    if seconds := seconds_to_wait(request, RATE):  # looking counts
        return too_many(request, seconds)
    known = request.session.get(SESSION_KEY, "")
    invited = invitation_behind(known) if known else None
    if invited is None:
        request.session.pop(SESSION_KEY, None)
        return render(request, "people/invitation_gone.html", status=404)
    form = FirstPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = accept_invitation(token_sha256=known, password=form.cleaned_data["password"])
        except ValidationError as weakness:
            form.add_error("password", weakness)
        except InvitationNotValid:
            request.session.pop(SESSION_KEY, None)
            return render(request, "people/invitation_gone.html", status=404)
        else:
            request.session.pop(SESSION_KEY, None)
            record_authentication(request, person, method="password", email=person.email)
            return cast("HttpResponse", perform_login(request, person, email=person.email))
    return render(request, "people/invitation.html", {"form": form, "person": invited.person, "invitation": invited})
