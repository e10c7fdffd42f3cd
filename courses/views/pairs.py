"""Confirming that a text still stands after its counterpart changed."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..interchange.po import mark_of
from ..models import TextPair
from ..places import label_of, what_changed
from ..selectors import address_of_pair, confirmations_of, editor_of
from ..services.parity import confirm_pair


@right_required(Right.AUTHOR)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Both texts, what changed, and the reason; from the editor's script the answer is a mark or a refusal."""
    pair = get_object_or_404(TextPair.objects.select_related("page", "item", "since_by", "confirmed_by"), pk=pk)
    refusal = ""
    if request.method == "POST":
        shown = (pair.en, pair.es) if request.POST.get("shown") == _mark(pair) else ("", "")
        try:
            pair = confirm_pair(
                pair=pair, reason=request.POST.get("reason", ""), by=cast("User", request.user), shown=shown
            )
        except DomainError as error:
            refusal = str(error)
        if _is_script(request):
            answer = (
                {"refusal": refusal}
                if refusal
                else {"mark": _("Confirmed by you just now: %(reason)s") % {"reason": pair.reason}}
            )
            return JsonResponse(answer, status=409 if refusal else 200)
        if not refusal:
            messages.success(request, _("The text is confirmed. The reason is kept with your name."))
            return redirect(address_of_pair(editor_of(pair), pair))
    context = {
        "pair": pair,
        "label": label_of(pair),
        "title": pair.item or pair.page,
        "changes": what_changed(pair),
        "changed_language": {"es": "en", "en": "es"}.get(pair.language, ""),
        "shown": _mark(pair),
        "editor": address_of_pair(editor_of(pair), pair),
        "refusal": refusal,
        "history": confirmations_of(pair.item or pair.page.specific).get(pair.path, []),  # type: ignore[union-attr]
    }
    return render(request, "courses/pair_confirm.html", context, status=409 if refusal else 200)


def _mark(pair: TextPair) -> str:
    return f"{mark_of(pair.en)}{mark_of(pair.es)}"


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"
