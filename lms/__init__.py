"""The composition root: settings, addresses, and everything that joins the rooms of the house."""

from .celery import app as celery_app

__all__ = ["celery_app"]
