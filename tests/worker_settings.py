"""The settings of processes that tests start: on the test database, with the job kinds of `tests.jobs`."""

from __future__ import annotations

import os

from lms.settings.test import *  # noqa: F403
from lms.settings.test import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = os.environ["PUENTE_TEST_DATABASE"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.workshop"]
