"""Start the embedded installation: web server and worker, with nothing else beside them."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from curricula.models import Curriculum
from jobs.models import Job
from jobs.services import enqueue, release
from lms import catalogs
from lms.demonstration.accounts import ACCOUNTS, HOLDER, PASSWORD, Account, trainee_emails
from lms.demonstration.state import KIND
from lms.home.site import ensure_home
from lms.settings import env
from lms.supervision import Child, Supervisor, answers, can_bind, only_one
from people.models import User

WEB = ("granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--no-ws")
WORKER: tuple[str, ...] = ("celery", "--quiet", "-A", "lms", "worker", "--beat", "--concurrency", "2")
WORKER += ("--without-gossip", "--without-mingle", "--without-heartbeat")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    """Web server and worker are children of this process and end with it."""

    help = "Start Puente on this machine: migrates, fills an empty database, starts web server and worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=env.text("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=env.number("PORT", 8000))
        parser.add_argument(
            "--no-demonstration", action="store_true", help="leave an empty database without the demonstration round"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self._require_port(host, port)
        with only_one(Path(settings.PUENTE_VAR_DIR) / "serve.lock") as is_only_one:
            if not is_only_one:
                raise CommandError(_("Puente is running from this folder already. Stop it first (Ctrl-C there)."))
            try:
                self._serve(host, port, with_demonstration=not options["no_demonstration"])
            except KeyboardInterrupt:
                self.stdout.write(_("Puente has stopped."))

    def _serve(self, host: str, port: int, *, with_demonstration: bool) -> None:
        is_embedded = settings.CELERY_BROKER_URL.startswith("spool")
        environ = _environ(host, port)
        supervisor = Supervisor(on_death=self._say_that_it_died)
        try:
            with supervisor:
                catalogs.compile_catalogs()
                self._say(_("Preparing the database …"))
                call_command("migrate", interactive=False, verbosity=0)
                ensure_home()
                Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
                address = ("--host", host, "--port", str(port))
                web = supervisor.start(Child("web", _command(*WEB, *address, "lms.wsgi:application"), environ))
                if not Curriculum.objects.exists():
                    self._say(_("Loading the curricula …"))
                    _fill(with_demonstration=with_demonstration)
                if is_embedded:
                    release(is_orderly=False)  # no other worker can be running
                supervisor.start(Child("worker", _command(*WORKER, "--loglevel", "warning"), environ))
                if not answers(_reachable(host), port, while_alive=web, seconds=60):
                    raise CommandError(_("The web server did not start; its messages stand above."))
                self._greet(host, port)
                supervisor.watch()
        finally:
            if is_embedded and any(child.name == "worker" for child in supervisor.children):
                release(is_orderly=True)

    def _require_port(self, host: str, port: int) -> None:
        try:
            is_free = can_bind(host, port)
        except OSError:
            raise CommandError(_("HOST=%(host)s is no address of this machine.") % {"host": host}) from None
        if not is_free:
            message = _("Port %(port)s is in use. Choose another one: make run PORT=%(other)s")
            raise CommandError(message % {"port": port, "other": port + 80 if port < 1024 else port + 1})

    def _greet(self, host: str, port: int) -> None:
        address = f"http://{_reachable(host)}:{port}"
        ready = self.style.SUCCESS(f"{address}/en/ · {address}/es/")
        self._say(_("Puente is ready: %(address)s (Ctrl-C stops it)") % {"address": ready})
        if host not in LOOPBACK and not env.text("ALLOWED_HOSTS"):
            self._say(
                _("Others reach it only by names that ALLOWED_HOSTS lists, such as ALLOWED_HOSTS=puente.example.")
            )
        if settings.PUENTE_MAIL_STAYS_HERE:
            self._say(_("E-mail is not sent; each one is a file in %(folder)s") % {"folder": settings.PUENTE_MAIL_DIR})
        if not User.objects.filter(is_demo=True).exists() and not _demonstration_waits():
            return
        self._say(_("Demonstration accounts, all with the password %(password)s:") % {"password": PASSWORD})
        for email, language in trainee_emails().items():
            note = _(", has completed") if email == HOLDER else ""
            self._say(f"  {email:40} {_('trainee')} ({language}){note}")
        for account in ACCOUNTS:
            self._say(f"  {account.email:40} {_who(account)} ({account.language})")

    def _say_that_it_died(self, child: Child) -> None:
        name = _("web server") if child.name == "web" else _("worker")
        self.stderr.write(_("The %(name)s ended unexpectedly and is started again.") % {"name": name})

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


@transaction.atomic
def _fill(*, with_demonstration: bool) -> None:
    """The curricula, and the request for the demonstration round: both or, when interrupted, neither."""
    call_command("load_curricula", drafts_only=with_demonstration, verbosity=0)  # its calendar begins in the past
    if with_demonstration:
        enqueue(kind=KIND, by=None, key=KIND)


def _who(account: Account) -> str:
    return _("operator") if account.is_operator else str(account.role.label)


def _demonstration_waits() -> bool:
    return Job.objects.unfinished().filter(kind=KIND).exists()


def _command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _environ(host: str, port: int) -> dict[str, str]:
    """What the children inherit: the address under which Puente is reached, unless the operator set one."""
    names = ["localhost", "127.0.0.1", "[::1]", socket.gethostname(), host]
    return os.environ | {
        "PUENTE_BASE_URL": env.text("PUENTE_BASE_URL", f"http://{_reachable(host)}:{port}"),
        "ALLOWED_HOSTS": env.text("ALLOWED_HOSTS", ",".join(dict.fromkeys(names))),
    }


def _reachable(host: str) -> str:
    """Where this machine itself finds a server that listens on `host`."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 (asked for by HOST)
