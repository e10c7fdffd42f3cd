"""The real web server and the real worker as children, and what they cost in CPU time."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from lms.management.commands.serve import WEB, WORKER
from lms.supervision import GRACE_SECONDS, Child, answers

HOST = "127.0.0.1"


@dataclass(slots=True)
class Meter:
    """CPU seconds since it was made: of a child with everything below it, and of PostgreSQL on this machine."""

    child: Child | None
    _before: float = field(init=False)

    def __post_init__(self) -> None:
        self._before = self._now()

    def seconds(self) -> float:
        return self._now() - self._before

    def _now(self) -> float:
        processes = _postgres()
        if self.child and self.child.process:
            root = psutil.Process(self.child.process.pid)
            processes += [root, *root.children(recursive=True)]
        total = 0.0
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()  # who ended is in its parent's children_*
                total += times.user + times.system + times.children_user + times.children_system
        return total


@dataclass(frozen=True, slots=True)
class Server:
    """The web server that `serve` starts."""

    child: Child
    port: int

    def meter(self) -> Meter:
        return Meter(self.child)

    def peak_memory(self) -> float:
        """The most that one of its processes has ever held, in MB; what is there now where the system keeps no peak."""
        root = psutil.Process(self.child.process.pid)  # type: ignore[union-attr]
        processes = [root, *root.children(recursive=True)]
        return max(_peak_kilobytes(process) for process in processes) / 1000


@contextmanager
def web_server() -> Iterator[Server]:
    """Started as `serve` starts it, on a free port; ended with the block."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    address = ("--host", HOST, "--port", str(port), "--log-level", "warning")
    with _running(Child("web", [sys.executable, "-m", *WEB, *address, "lms.wsgi:application"], os.environ)) as child:
        if not answers(HOST, port, while_alive=child, seconds=60):
            raise CommandError(_("The web server did not start; its messages stand above."))
        yield Server(child, port)


@contextmanager
def worker() -> Iterator[Child]:
    """The worker that `serve` starts; ended with the block."""
    command = [sys.executable, "-m", *WORKER, "--loglevel", "warning"]
    with _running(Child("worker", command, os.environ)) as child:
        yield child


@contextmanager
def _running(child: Child) -> Iterator[Child]:
    child.start()
    try:
        yield child
    finally:
        child.ask_to_end()
        child.end(time.monotonic() + GRACE_SECONDS)


def _peak_kilobytes(process: psutil.Process) -> float:
    try:
        text = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
        return float(text.split("VmHWM:")[1].split()[0])
    except (OSError, IndexError):
        return process.memory_info().rss / 1024


def _postgres() -> list[psutil.Process]:
    if connection.vendor != "postgresql":
        return []
    return [process for process in psutil.process_iter(["name"]) if process.info["name"] == "postgres"]
