"""A broker without a server: messages are files in a folder, and none is lost when a worker is killed.

Putting a message writes a draft, brings it to the disk and renames it. Taking it renames it onto the *desk* of the
taking process, a folder that the process holds locked. Acknowledging removes it. When the process dies, however it
dies, the kernel frees the lock, and whoever looks next puts the messages of that desk back: there is no time-out to
choose, and none to wait for.

`spool://`, with the folder in `broker_transport_options`. Direct exchanges only; consumers must acknowledge.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any, ClassVar

from kombu.transport import TRANSPORT_ALIASES, virtual
from kombu.utils.json import dumps, loads

ALIAS = "spool"
SWEEP_EVERY_SECONDS = 1.0
DESKS = "desks"
UNREADABLE = "unreadable"

logger = logging.getLogger(__name__)


class Desk:
    """A process's own folder of messages in hand, locked for as long as the process lives.

    The lock is a POSIX record lock: a forked child does not inherit it, so it takes a desk of its own.
    """

    def __init__(self, spool: Path) -> None:
        self.pid = os.getpid()
        self.folder = spool / DESKS / f"{self.pid}-{uuid.uuid4().hex[:8]}"
        self._held: dict[str, Path] = {}
        self._swept = float("-inf")
        draft = spool / DESKS / f".{self.folder.name}"
        draft.mkdir(parents=True)
        self._lock = os.open(draft / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.lockf(self._lock, fcntl.LOCK_EX)
        draft.rename(self.folder)  # nobody sees a desk that is not locked yet

    def take(self, waiting: Path) -> dict[str, Any] | None:
        """The message in that file, now in hand; None when another process was faster or when it cannot be read."""
        held = self.folder / waiting.name
        try:
            waiting.rename(held)
        except FileNotFoundError:
            return None
        try:
            message: dict[str, Any] = loads(held.read_text())
            self._held[message["properties"]["delivery_tag"]] = held
        except (ValueError, KeyError, TypeError) as fault:
            aside = waiting.parent / UNREADABLE
            aside.mkdir(exist_ok=True)
            held.rename(aside / waiting.name)
            logger.error("The message %s cannot be read and was put aside: %s", waiting.name, fault)
            return None
        return message

    def let_go(self, tag: str) -> None:
        """The message was handled; its file goes."""
        if held := self._held.pop(tag, None):
            held.unlink(missing_ok=True)

    def put_back_orphans(self, spool: Path) -> None:
        """Return what lies on the desks of processes that are gone. At most once a second."""
        if time.monotonic() - self._swept < SWEEP_EVERY_SECONDS:
            return
        self._swept = time.monotonic()
        for desk in (spool / DESKS).iterdir():
            if desk != self.folder and not desk.name.startswith("."):
                _clear_if_orphan(desk, spool)


def _clear_if_orphan(desk: Path, spool: Path) -> None:
    try:
        lock = os.open(desk / ".lock", os.O_RDWR)
    except OSError:
        return
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for message in sorted(desk.glob("*.msg")):
            message.rename(spool / message.name)
        (desk / ".lock").unlink()
        desk.rmdir()
    except OSError:
        pass  # its process lives, or somebody else is clearing it
    finally:
        os.close(lock)


class QoS(virtual.QoS):
    """Acknowledging is what removes a file."""

    channel: Channel

    def ack(self, delivery_tag: str) -> None:
        super().ack(delivery_tag)
        self.channel.let_go(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().reject(delivery_tag, requeue=requeue)
        self.channel.let_go(delivery_tag)


class Channel(virtual.Channel):
    """One channel; all channels of a process share the desk of their folder."""

    QoS = QoS
    do_restore = False  # what is in hand goes back when the process is gone
    supports_fanout = False
    _desks: ClassVar[dict[Path, Desk]] = {}
    _mutex: ClassVar[threading.Lock] = threading.Lock()

    @property
    def spool(self) -> Path:
        client: Any = self.connection.client
        return Path(client.transport_options["folder"])

    @property
    def desk(self) -> Desk:
        with Channel._mutex:
            desk = Channel._desks.get(self.spool)
            if desk is None or desk.pid != os.getpid() or not desk.folder.exists():
                desk = Channel._desks[self.spool] = Desk(self.spool)
            return desk

    def let_go(self, tag: str) -> None:
        """Remove the file of a message that was acknowledged or rejected."""
        self.desk.let_go(tag)

    def _put(self, queue: str, message: dict[str, Any], **_: Any) -> None:
        self.spool.mkdir(parents=True, exist_ok=True)
        priority = 9 - int((message.get("properties") or {}).get("priority") or 0)
        name = f"{priority}-{time.time_ns():020d}-{uuid.uuid4().hex[:12]}@{queue}.msg"
        draft = self.spool / f".{name}"
        with draft.open("wb") as file:
            file.write(dumps(message).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.spool / name)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        self.desk.put_back_orphans(self.spool)
        for name in self._waiting(queue):
            message = self.desk.take(self.spool / name)
            if message is not None:
                return message
        raise Empty

    def _waiting(self, queue: str) -> list[str]:
        ending = f"@{queue}.msg"
        try:
            names = [path.name for path in self.spool.iterdir()]
        except FileNotFoundError:
            return []
        return sorted(name for name in names if name.endswith(ending) and not name.startswith("."))

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _purge(self, queue: str) -> int:
        waiting = self._waiting(queue)
        for name in waiting:
            (self.spool / name).unlink(missing_ok=True)
        return len(waiting)


class Transport(virtual.Transport):
    """What kombu knows as `spool`."""

    Channel = Channel
    driver_type = driver_name = ALIAS
    default_port = 0
    implements = virtual.Transport.implements.extend(asynchronous=False, exchange_type=frozenset(["direct"]))

    def driver_version(self) -> str:
        return "1"


def register() -> None:
    """Make kombu know the alias; a URL cannot name a dotted path."""
    TRANSPORT_ALIASES[ALIAS] = f"{__name__}:Transport"
