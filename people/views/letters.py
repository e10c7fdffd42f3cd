"""Letters: what each kind says, and which were sent to the people of the own Participant."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from ..access import may, right_required
from ..bilingual import LANGUAGES
from ..exceptions import DomainError
from ..letters import LetterKind, RenderedLetter, UnknownLetterKind, letter_kind_of, letter_kinds, render_letter
from ..letters import sample_strip as strip_of
from ..models import Letter, User
from ..roles import Right
from ..selectors import letters_visible_to
from ..services.correspondence import send_again

SHOWN = 50
"""How many letters the list shows, the latest first."""

WITH_FRAME: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}
LETTER_ALONE: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],  # a letter carries its styles in attributes: mail clients read nothing else
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "sandbox": True,
}


@right_required(Right.INVITE)
@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """The kinds of letters, for whoever invites; the latest letters, for whoever may see them."""
    may_read = may(request.user, Right.READ_LETTERS)
    letters = letters_visible_to(request.user)
    only_failed = request.GET.get("state") == "failed"
    if only_failed:
        letters = letters.filter(state=Letter.State.FAILED)
    titles = {kind.name: kind.title for kind in letter_kinds()}
    rows = [{"letter": letter, "title": titles.get(letter.kind, letter.kind)} for letter in letters[:SHOWN]]
    context = {
        "kinds": letter_kinds(),
        "rows": rows,
        "may_read": may_read,
        "only_failed": only_failed,
        "stays_here": settings.PUENTE_MAIL_STAYS_HERE,
    }
    return render(request, "people/letters.html", context)


@right_required(Right.INVITE)
@require_safe
@csp_override(WITH_FRAME)
def letter_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """A kind in both languages, with sample values."""
    known = _kind(kind)
    samples = [{"language": code, "letter": _sample(known, code)} for code in LANGUAGES]
    return render(request, "people/letter_kind.html", {"kind": known, "samples": samples})


@right_required(Right.INVITE)
@require_safe
@xframe_options_sameorigin
@csp_override(LETTER_ALONE)
def sample(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """The HTML of a sample by itself: without script, without origin, shown in a frame of the page above."""
    if language not in LANGUAGES:
        raise Http404
    return HttpResponse(_sample(_kind(kind), language).html)


@right_required(Right.READ_LETTERS)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed letter back into the queue."""
    letter = letters_visible_to(request.user).filter(pk=pk).first()
    if letter is None:
        raise Http404
    try:
        send_again(letter=letter, by=cast("User", request.user))
        messages.success(request, _("The e-mail to %(address)s is sent again.") % {"address": letter.address})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:letters")


def _kind(name: str) -> LetterKind:
    try:
        return letter_kind_of(name)
    except UnknownLetterKind:
        raise Http404 from None


def _sample(kind: LetterKind, language: str) -> RenderedLetter:
    return render_letter(kind, kind.sample, language=language, strip=strip_of(language))
