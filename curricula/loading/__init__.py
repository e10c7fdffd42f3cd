"""Loads the curricula from readable files, through pages, revisions and services. Loading twice changes nothing."""

from .content import Loaded, load_content

__all__ = ["Loaded", "load_content"]
