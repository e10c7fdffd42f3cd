"""The models of reports."""

from .report import Report
from .snapshot import Snapshot

__all__ = ["Report", "Snapshot"]
