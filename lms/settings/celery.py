"""Celery: late acknowledgment, no results. The job table is the queue of record, the broker only its doorbell."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

from . import env

_var = Path(env.text("PUENTE_VAR_DIR", str(Path(__file__).resolve().parent.parent.parent / "var")))

PUENTE_JOB_STALE_SECONDS = env.number("PUENTE_JOB_STALE_SECONDS", 30)
"""A running job without a sign of life for so long has lost its worker. Six beats of its heart fit into it."""

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "spool://localhost//")
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"folder": str(_var / "spool"), "polling_interval": 0.1}
    if CELERY_BROKER_URL.startswith("spool")
    else {"visibility_timeout": 3600}
    if CELERY_BROKER_URL.startswith("redis")
    else {}
)
CELERY_BROKER_USE_SSL: dict[str, Any] | None = (
    {"ssl_cert_reqs": ssl.CERT_REQUIRED}
    if CELERY_BROKER_URL.startswith("rediss")
    else {"cert_reqs": ssl.CERT_REQUIRED, "ca_certs": ssl.get_default_verify_paths().cafile}
    if CELERY_BROKER_URL.startswith("amqps")
    else None
)
"""With TLS, the broker's certificate is checked against the machine's authorities."""
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2.0
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = env.text("PUENTE_QUEUE", "puente")
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(_var / "beat-schedule")
_sweep_seconds = env.number("PUENTE_SWEEP_SECONDS", 15)
CELERY_BEAT_SCHEDULE = {
    "ring again for lost jobs": {
        "task": "jobs.sweep",
        "schedule": float(_sweep_seconds),
        "options": {"expires": _sweep_seconds},
    },
    "look for certificates that end": {
        "task": "certificates.look_for_ends",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "look for enrollments whose time is over": {
        "task": "curricula.look_for_lapses",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "look for sessions that begin within a day": {
        "task": "curricula.look_for_sessions",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "hand in attempts whose time is over": {
        "task": "courses.hand_in_overdue",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "make exports that are repeated": {
        "task": "reports.ask_for_due_exports",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "look for officers to remind": {
        "task": "curricula.look_for_reminders",
        "schedule": 1800.0,
        "options": {"expires": 1800},
    },
    "try letters again": {
        "task": "jobs.ring_for_due_letters",
        "schedule": float(_sweep_seconds),
        "options": {"expires": _sweep_seconds},
    },
}
