"""Start the embedded installation: web server and worker, with nothing else beside them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from curricula.models import Curriculum
from jobs.services import enqueue
from lms.demonstration.accounts import ACCOUNTS, PASSWORD, trainee_emails
from lms.demonstration.state import KIND
from lms.settings import env
from people.models import User


class Command(BaseCommand):
    """Web server and worker as children; both end with this process."""

    help = "Start Puente on this machine: migrates, fills an empty database, starts web server and worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=env.text("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=env.number("PORT", 8000))
        parser.add_argument("--no-demonstration", action="store_true", help="leave an empty database without the demonstration round")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self._require_port(host, port)
        self.stdout.write(_("Preparing the database …"))
        call_command("migrate", interactive=False, verbosity=0)
        if not Curriculum.objects.exists():
            self.stdout.write(_("Loading the curricula …"))
            call_command("load_curricula", verbosity=0)
            if not options["no_demonstration"]:
                enqueue(kind=KIND, by=None, key=KIND)
        self._children(host, port, bool(User.objects.filter(is_demo=True).exists() or not options["no_demonstration"]))

    def _require_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                raise CommandError(
                    _("Port %(port)s is in use. Choose another one: PORT=%(other)s make run") % {"port": port, "other": port + 1}
                ) from None

    def _children(self, host: str, port: int, with_accounts: bool) -> None:
        Path(settings.PUENTE_VAR_DIR, "log").mkdir(parents=True, exist_ok=True)
        commands = {
            "web": [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "2",
                    "--blocking-threads", "1", "--no-ws", "--log-level", "warning", "lms.wsgi:application"],
            "worker": [sys.executable, "-m", "celery", "-A", "lms", "worker", "--beat", "--concurrency", "2", "--loglevel", "warning",
                       "--without-gossip", "--without-mingle", "--without-heartbeat"],
        }
        environ = os.environ | {"PUENTE_BASE_URL": env.text("PUENTE_BASE_URL", f"http://{host}:{port}")}
        children = {name: _start(command, environ) for name, command in commands.items()}
        stopping = False

        def stop(_signal: int, _frame: FrameType | None) -> None:
            nonlocal stopping
            stopping = True

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        self._wait_for_page(host, port, children["web"])
        self._greet(host, port, with_accounts)
        while not stopping:
            for name, child in children.items():
                if child.poll() is not None:
                    self.stderr.write(_("The %(name)s process ended and is started again.") % {"name": name})
                    time.sleep(1)
                    children[name] = _start(commands[name], environ)
            time.sleep(0.3)
        self.stdout.write(_("Stopping …"))
        for child in children.values():
            child.terminate()
        for child in children.values():
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)

    def _wait_for_page(self, host: str, port: int, web: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and web.poll() is None:
            try:
                socket.create_connection((host, port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise CommandError(_("The web server did not start; its messages stand above."))

    def _greet(self, host: str, port: int, with_accounts: bool) -> None:
        address = f"http://{host}:{port}"
        self.stdout.write(_("Puente is ready: %(address)s (Ctrl-C stops it)") % {"address": self.style.SUCCESS(f"{address}/en/ · {address}/es/")})
        if not with_accounts:
            return
        self.stdout.write(_("Demonstration accounts, all with the password %(password)s:") % {"password": PASSWORD})
        for email, language in trainee_emails().items():
            self.stdout.write(f"  {email:40} {_('trainee')} ({language})")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:40} {account.role.label} ({account.language})")
        self.stdout.flush()


def _start(command: list[str], environ: dict[str, str]) -> subprocess.Popen[bytes]:
    """A child in its own process group: Ctrl-C reaches only this process, which then ends it in order."""
    return subprocess.Popen(command, env=environ, start_new_session=True)  # noqa: S603 (our own commands)
