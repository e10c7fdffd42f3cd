"""The Celery application of the worker."""

from __future__ import annotations

import os

from celery import Celery

from jobs import spool

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
spool.register()
app = Celery("puente")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
