"""More time and breaks for officers: who has them, and granting them. Only whoever may grant sees it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import right_required
from people.models import User
from people.roles import Right
from people.selectors import named_like

from ..access import people_accommodated_by
from ..forms import AccommodationForm
from ..models import Accommodation
from ..services.accommodations import grant_accommodation, withdraw_accommodation

SHOWN = 50


@right_required(Right.ACCOMMODATE)
@never_cache
@require_safe
def accommodation_list(request: HttpRequest) -> HttpResponse:
    """Officers with an accommodation; with `?q=` any officer within reach by name, address or number. Five queries."""
    sought = request.GET.get("q", "").strip()
    people = people_accommodated_by(request.user).select_related("accommodation", "office")
    if not sought:
        people = people.filter(accommodation__isnull=False)
    people = people.filter(named_like(sought))
    found = people.order_by("surname_1", "surname_2", "given_names", "pk")[:SHOWN]
    return render(request, "courses/accommodations.html", {"people": found, "sought": sought, "shown": SHOWN})


@right_required(Right.ACCOMMODATE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accommodate(request: HttpRequest, pk: int) -> HttpResponse:
    """What one officer is granted; POST grants it, or takes it back with `withdraw`."""
    person = people_accommodated_by(request.user).filter(pk=pk).first()
    if person is None:
        raise Http404
    known = Accommodation.objects.filter(person=person).first()
    by = cast("User", request.user)
    if request.method == "POST" and "withdraw" in request.POST:
        withdraw_accommodation(person=person, by=by)
        messages.success(
            request, _("%(name)s has no accommodation from the next attempt on.") % {"name": person.full_name}
        )
        return redirect("accommodations")
    form = AccommodationForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        grant_accommodation(person=person, **form.cleaned_data, by=by)
        messages.success(
            request, _("The accommodation of %(name)s holds from the next attempt on.") % {"name": person.full_name}
        )
        return redirect("accommodations")
    return render(request, "courses/accommodate.html", {"person": person, "known": known, "form": form})
