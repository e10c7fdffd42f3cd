"""Keeps the processes of the embedded installation: starts them, starts a dead one again, ends them with itself."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 5.0
"""How long a child may finish what it does; a job that takes longer goes on when Puente is started again."""

LONGEST_PAUSE_SECONDS = 30.0
_PR_SET_PDEATHSIG = 1


class Child:
    """One process, in a session of its own: Ctrl-C reaches only the supervisor, which ends its children in order."""

    def __init__(self, name: str, command: list[str], environ: Mapping[str, str]) -> None:
        self.name, self.command, self.environ = name, command, environ
        self.process: subprocess.Popen[bytes] | None = None
        self._started_at = self._pause = 0.0

    def start(self) -> None:
        """Start it."""
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 (our own commands)
            self.command, env=dict(self.environ), start_new_session=True, preexec_fn=_end_with_parent
        )

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start_again(self) -> None:
        """After a death: at once the first time, with longer and longer pauses when it dies young."""
        died_young = time.monotonic() - self._started_at < LONGEST_PAUSE_SECONDS
        self._pause = min(LONGEST_PAUSE_SECONDS, max(1.0, self._pause * 2)) if died_young else 0.0
        time.sleep(self._pause)
        self._kill_group()  # what a dead parent may have left behind
        self.start()

    def ask_to_end(self) -> None:
        """Ask; `end` waits."""
        if self.process and self.is_alive:
            self.process.terminate()

    def end(self, deadline: float) -> bool:
        """Wait until the deadline, then kill. Whether it ended in order."""
        if self.process is None:
            return True
        try:
            self.process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        finally:
            self._kill_group()
        return True

    def _kill_group(self) -> None:
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Its children live as long as the `with` block, which SIGINT, SIGTERM and SIGHUP end with KeyboardInterrupt."""

    def __init__(self, on_death: Callable[[Child], None]) -> None:
        self.children: list[Child] = []
        self._on_death = on_death

    def __enter__(self) -> Supervisor:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end(deadline)

    def start(self, child: Child) -> Child:
        """Start a child and keep it."""
        self.children.append(child)
        child.start()
        return child

    def watch(self) -> None:
        """Start again whatever dies, until a signal comes."""
        while True:
            for child in self.children:
                if not child.is_alive:
                    self._on_death(child)
                    child.start_again()
            time.sleep(0.3)


@contextmanager
def only_one(lock: Path) -> Iterator[bool]:
    """Hold the lock file; False when another process holds it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def can_bind(host: str, port: int) -> bool:
    """Whether the port is free. Raises OSError when `host` is no address of this machine."""
    family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, proto) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as fault:
            if isinstance(fault, PermissionError) or fault.errno in {98, 48}:  # in use: Linux, macOS
                return False
            raise
    return True


def answers(host: str, port: int, *, while_alive: Child, seconds: float) -> bool:
    """Wait until something answers there; False when the child died or time ran out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and while_alive.is_alive:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end_with_parent() -> None:
    """In the child: be asked to end when the supervisor is killed and can no longer ask. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
