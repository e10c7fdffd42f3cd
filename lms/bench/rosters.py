"""D: a roster of people who do not exist, into an empty cohort, by the command that an operator calls."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from courses.models import CourseRecord
from curricula.models import Enrollment
from people.models import RoleGrant, User

from .processes import Meter
from .school import new_cohort, roster
from .stage import Stage


def measure(stage: Stage) -> None:
    """The whole process counts; its rows are counted afterwards."""
    size = stage.school.size
    file = Path(settings.PUENTE_VAR_DIR) / "second.csv"
    file.write_bytes(roster("second", size))
    cohort = new_cohort("second", stage.school.edition, size)
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_roster", cohort.code, str(file), "--apply"]
    meter, started = Meter(None), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
    _pid, status, usage = os.wait4(process.pid, 0)
    wall, database = time.perf_counter() - started, meter.seconds()
    process.returncode = os.waitstatus_to_exitcode(status)
    found = {
        User.objects.filter(email__startswith="second").count(),
        RoleGrant.objects.filter(user__email__startswith="second").count(),
        Enrollment.objects.filter(cohort=cohort).count(),
        CourseRecord.objects.filter(enrolled__enrollment__cohort=cohort).count(),
    }
    if process.returncode or found != {size}:
        raise CommandError(_("The roster did not arrive whole; the import's messages stand above."))
    stage.figures.add("D.wall", wall)
    stage.figures.add("D.cpu", usage.ru_utime + usage.ru_stime + database)
    stage.figures.add("D.rows", size)
    stage.figures.add("D.memory", usage.ru_maxrss / (1000 if sys.platform == "linux" else 1_000_000))
