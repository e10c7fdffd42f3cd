"""A broker without a server: messages are files in a folder, and nothing is lost when a worker is killed.

A message is put with a temporary file, fsync and rename. Taking it renames it into a folder of the taking process, which holds a
lock on that folder. When the process dies, the kernel frees the lock, and the next one to look puts the messages back.
"""

from __future__ import annotations

import fcntl
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


class Desk:
    """This process's own folder of messages in hand, locked as long as the process lives."""

    def __init__(self, spool: Path) -> None:
        self.folder = spool / "in-hand" / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.folder.mkdir(parents=True)
        self.pid = os.getpid()
        self._lock = os.open(self.folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC)
        fcntl.lockf(self._lock, fcntl.LOCK_EX)

    def close(self) -> None:
        """Give the folder up; what is in hand goes back with the next sweep."""
        os.close(self._lock)


def put_back_orphans(spool: Path, own: Path) -> None:
    """Return the messages of processes that are gone."""
    for folder in (spool / "in-hand").glob("*-*"):
        if folder == own:
            continue
        try:
            lock = os.open(folder / ".lock", os.O_RDWR)
        except OSError:
            continue
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for message in folder.glob("*.msg"):
                message.rename(spool / message.name.split("~", 1)[1])
            (folder / ".lock").unlink()
            folder.rmdir()
        except OSError:
            pass
        finally:
            os.close(lock)


class QoS(virtual.QoS):
    """Acknowledging is what removes the file."""

    def ack(self, delivery_tag: str) -> None:
        super().ack(delivery_tag)
        self.channel.forget(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().reject(delivery_tag, requeue=requeue)
        self.channel.forget(delivery_tag)


class Channel(virtual.Channel):
    """One channel; all channels of a process share one desk."""

    QoS = QoS
    do_restore = False
    supports_fanout = False
    _desk: ClassVar[Desk | None] = None
    _mutex: ClassVar[threading.Lock] = threading.Lock()
    _swept: ClassVar[float] = 0.0

    @property
    def spool(self) -> Path:
        return Path(self.connection.client.transport_options["folder"])

    def forget(self, tag: str) -> None:
        """The message was handled: remove its file."""
        for message in self.desk().glob(f"{tag}~*.msg"):
            message.unlink(missing_ok=True)

    def desk(self) -> Path:
        """The folder of this process; a forked child gets its own."""
        with Channel._mutex:
            if Channel._desk is None or Channel._desk.pid != os.getpid() or not Channel._desk.folder.exists():
                Channel._desk = Desk(self.spool)
            return Channel._desk.folder

    def _put(self, queue: str, message: dict[str, Any], **_: Any) -> None:
        self.spool.mkdir(parents=True, exist_ok=True)
        priority = 9 - int((message.get("properties") or {}).get("priority") or 0)
        name = f"{priority}-{time.time_ns():020d}-{uuid.uuid4().hex}@{queue}.msg"
        draft = self.spool / f".{name}"
        with draft.open("wb") as file:
            file.write(dumps(message).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.spool / name)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        desk = self.desk()
        if time.monotonic() - Channel._swept > SWEEP_EVERY_SECONDS:
            Channel._swept = time.monotonic()
            put_back_orphans(self.spool, desk)
        for waiting in self._waiting(queue):
            taken = desk / f"new~{waiting.name}"
            try:
                waiting.rename(taken)
            except FileNotFoundError:
                continue
            message: dict[str, Any] = loads(taken.read_text())
            taken.rename(desk / f"{message['properties']['delivery_tag']}~{waiting.name}")
            return message
        raise Empty

    def _waiting(self, queue: str) -> list[Path]:
        return sorted(path for path in self.spool.glob(f"*@{queue}.msg") if not path.name.startswith("."))

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _purge(self, queue: str) -> int:
        waiting = self._waiting(queue)
        for path in waiting:
            path.unlink(missing_ok=True)
        return len(waiting)


class Transport(virtual.Transport):
    """`spool://`, with the folder in `broker_transport_options`."""

    Channel = Channel
    driver_type = driver_name = ALIAS
    default_port = 0
    implements = virtual.Transport.implements.extend(asynchronous=False, exchange_type=frozenset(["direct"]))

    def driver_version(self) -> str:
        return "1"


def register() -> None:
    """Make kombu know the name."""
    TRANSPORT_ALIASES[ALIAS] = "jobs.spool:Transport"
