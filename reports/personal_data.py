"""What reports hold about a person: only who made them. Extracts and reports name nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from people.held_data import Field, Row, held
from people.models import User

from .models import Report, SavedExport, Snapshot


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


@held(
    "saved_exports",
    title=_("Exports that you have repeated"),
    about=_("Which tables of which cohort are made for you again and again."),
    place=145,
    fields=(
        Field("cohort", _("Cohort")),
        Field("contents", _("Tables")),
        Field("format", _("Format")),
        Field("every", _("How often"), lambda: dict(SavedExport.Every.choices)),
        Field("created_at", _("Created")),
        Field("stopped_at", _("Stopped")),
    ),
    covers=["reports.SavedExport.asked_by"],
)
def saved_exports(person: User) -> Iterable[Row]:
    """One row an export."""
    columns = ("cohort__code", "contents", "file_format", "every", "created_at", "stopped_at")
    return SavedExport.objects.filter(asked_by=person).order_by("pk").values_list(*columns)
