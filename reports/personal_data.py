"""What reports hold about a person: only who made them. Extracts and reports name nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from people.held_data import Field, Row, held
from people.models import User

from .models import Report, Snapshot


@held(
    "reports",
    title=_("Extracts and reports that you made"),
    about=_("They hold figures and no names; who made them stays on record."),
    place=140,
    fields=(
        Field("extract", _("Extract")),
        Field("what", _("What"), lambda: {"extract": _("extract"), "report": _("report")}),
        Field("made_at", _("Made")),
    ),
    covers=["reports.Snapshot.created_by", "reports.Report.created_by"],
)
def reports(person: User) -> Iterable[Row]:
    """Extracts, then reports."""
    for each in Snapshot.objects.filter(created_by=person).order_by("pk"):
        yield each.extract, "extract", each.created_at
    for made in Report.objects.filter(created_by=person).select_related("snapshot").order_by("pk"):
        yield made.snapshot.extract, "report", made.created_at
