"""Loads the curricula from readable files, through pages, revisions and services. Loading twice changes nothing."""

from .content import load_content

__all__ = ["load_content"]
