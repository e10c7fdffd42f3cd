"""Why reports say no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.exceptions import DomainError


class PeriodEndsBeforeItBegins(DomainError):
    code = "period_ends_before_it_begins"
    message = _("The period ends on %(to)s, before it begins on %(from)s. Change one of the two dates.")


class PeriodNotOver(DomainError):
    code = "period_not_over"
    message = _("The period ends on %(to)s, which is not over yet. Choose a last day until %(latest)s.")


class NothingToReport(DomainError):
    code = "nothing_to_report"
    message = _("Nobody was enrolled in a cohort by %(to)s. Choose a later period, or enroll officers first.")


class SnapshotDamaged(DomainError):
    code = "snapshot_damaged"
    message = _(
        "The snapshot %(extract)s is not the one that was frozen: its file is missing or was changed. "
        "Bring it back from a backup, or freeze the period again."
    )


class ReportDamaged(DomainError):
    code = "report_damaged"
    message = _(
        "The file %(file)s is not the one that was written: it is missing or was changed. Make the report again."
    )


class CannotWrite(DomainError):
    code = "cannot_write"
    message = _("“%(path)s” cannot be written: %(reason)s. Choose another place.")


class UnknownFormat(DomainError):
    code = "unknown_format"
    message = _("There is no format “%(format)s”. Choose one of: %(known)s.")


class TooManyRows(DomainError):
    code = "too_many_rows"
    message = _(
        "The table “%(table)s” has more than %(most)s rows, more than a sheet can hold. Choose Parquet or HDF5."
    )


class NothingChosenToExport(DomainError):
    code = "nothing_to_export"
    message = _("Choose at least one table.")


class ExportNotAllowed(DomainError):
    code = "export_not_allowed"
    message = _(
        "The export was not made: the person who asked for it may not export this any more. It is not repeated either."
    )


class CharacterNotPrintable(DomainError):
    code = "character_not_printable"
    message = _(
        "The report cannot be printed, as no typeface has the characters “%(characters)s” of “%(text)s”. "
        "Correct that name."
    )
