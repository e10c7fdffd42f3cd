"""The models of reports."""

from .report import Report
from .saved_export import SavedExport
from .snapshot import Snapshot

__all__ = ["Report", "SavedExport", "Snapshot"]
