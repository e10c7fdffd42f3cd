"""The Celery application of the worker."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

from jobs import spool

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
spool.register()
app = Celery("puente")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_unsafe_start(**kwargs: Any) -> None:
    """A worker of the served installation does not sign with a specimen."""
    from lms import checks

    try:
        checks.refuse_unsafe_start()
    except ImproperlyConfigured as refusal:  # a receiver's error would be logged and passed over
        raise SystemExit(str(refusal)) from None
