"""Inviting: whom the own Participant has invited, and one more person."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..access import right_required
from ..exceptions import DomainError
from ..forms.invitations import InviteForm
from ..limits import limited
from ..models import Invitation, User
from ..roles import Right
from ..selectors import invitations_visible_to
from ..services.invitations import end_invitation, invite, invite_newcomer

SHOWN = 50
"""How many invitations the list shows, the latest first."""


@right_required(Right.INVITE)
@require_safe
def invitation_list(request: HttpRequest) -> HttpResponse:
    """The latest invitations of the own Participant; with a search by name or address. Six queries at most."""
    sought = request.GET.get("q", "").strip()
    found = invitations_visible_to(request.user).order_by("-pk")
    for word in sought.split()[:5]:
        found = found.filter(
            Q(person__given_names__icontains=word)
            | Q(person__surname_1__icontains=word)
            | Q(person__surname_2__icontains=word)
            | Q(person__email__icontains=word)
        )
    context = {"invitations": found[:SHOWN], "sought": sought, "total": found.count(), "shown": SHOWN}
    return render(request, "people/invitations.html", context)


@right_required(Right.INVITE)
@limited("people.invite")
def invite_person(request: HttpRequest) -> HttpResponse:
    """Invite one person by name and address."""
    person = cast("User", request.user)
    form = InviteForm(request.POST or None, inviter=person)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_newcomer(newcomer=form.newcomer(), by=person)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_sent(request, invitation)
            return redirect("people:invitations")
    return render(request, "people/invite.html", {"form": form})


@right_required(Right.INVITE)
@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for the same person; the one before no longer works."""
    invitation = _invitation_for(request, pk)
    try:
        _say_sent(request, invite(person=invitation.person, by=cast("User", request.user)))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:invitations")


@right_required(Right.INVITE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link useless."""
    invitation = _invitation_for(request, pk)
    if end_invitation(invitation=invitation, by=cast("User", request.user)):
        messages.success(
            request, _("The invitation of %(name)s no longer works.") % {"name": invitation.person.full_name}
        )
    return redirect("people:invitations")


def _invitation_for(request: HttpRequest, pk: int) -> Invitation:
    invitation = invitations_visible_to(request.user).filter(pk=pk).first()
    if invitation is None:
        raise Http404
    return invitation


def _say_sent(request: HttpRequest, invitation: Invitation) -> None:
    message = _("An invitation goes to %(address)s.") % {"address": invitation.person.email}
    messages.success(request, message)
