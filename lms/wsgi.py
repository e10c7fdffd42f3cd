"""The WSGI application that web servers call."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
application = get_wsgi_application()

from lms.checks import refuse_unsafe_start  # noqa: E402 (models are there only now)

refuse_unsafe_start()
