"""Looking at a source again: what was found, by when it is looked at the next time, and who looked before."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from courses.models import LessonSource
from courses.selectors import address_in_editor, reviews_of
from courses.services.sources import review_source
from courses.sources import a_year_after
from people import clock
from people.access import may
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..access import source_for
from ..forms import ReviewForm


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The source with its history; a form that says that somebody looked at it today."""
    source = source_for(request.user, pk)
    form = ReviewForm(request.POST or None, initial={"due_on": a_year_after(clock.today())})
    if request.method == "POST" and form.is_valid():
        try:
            count = review_source(source=source, by=cast("User", request.user), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error("due_on", str(refusal))
        else:
            done = ngettext("%(count)s source is reviewed.", "%(count)s sources are reviewed.", count)
            messages.success(request, done % {"count": count})
            return redirect("source_list")
    context = {
        "source": source,
        "form": form,
        "alike": LessonSource.objects.filter(reference=source.reference).exclude(pk=source.pk).count(),
        "reviews": reviews_of(source),
        "editor": address_in_editor(source) if may(request.user, Right.AUTHOR) else "",
    }
    return render(request, "curricula/source_review.html", context, status=400 if form.errors else 200)
