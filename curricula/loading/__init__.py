"""Loads the curricula from readable files, through pages, revisions and services. Loading twice changes nothing.

What was loaded and edited leaves again as the same files.
"""

from .content import Loaded, load_content
from .exporting import Exported, export_content

__all__ = ["Exported", "Loaded", "export_content", "load_content"]
