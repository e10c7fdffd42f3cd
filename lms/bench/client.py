"""A small HTTP client with cookies, and eight of them at a time."""

from __future__ import annotations

import gzip
import http.client
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode

from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from .processes import HOST

AT_A_TIME = 8
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `body` is as it came over the wire, `text` as it reads."""

    status: int
    location: str
    body: bytes
    is_gzipped: bool
    seconds: float

    @property
    def data(self) -> bytes:
        return gzip.decompress(self.body) if self.is_gzipped else self.body

    @property
    def text(self) -> str:
        return self.data.decode()


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and CPU seconds of the client itself, which runs beside the server on the same cores."""

    wall: float
    client: float


class Asks(Protocol):
    """Whoever can take a person through pages."""

    def get(self, path: str) -> Answer: ...

    def post(self, path: str, fields: Fields) -> Answer: ...


@dataclass(slots=True)
class Browser:
    """One keep-alive connection; whose browser it is, its cookies say."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def become(self, session: str) -> None:
        """Another person's fresh browser, on the same connection."""
        self.cookies = {"sessionid": session}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Fields) -> Answer:
        return self._ask("POST", path, urlencode(fields).encode())

    def close(self) -> None:
        if self._line:
            self._line.close()
        self._line = None

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self._line = self._line or http.client.HTTPConnection(HOST, self.port, timeout=120)
        self._line.request(method, path, body, headers)
        response = self._line.getresponse()
        data = response.read()
        seconds = time.perf_counter() - started
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        is_gzipped = response.getheader("Content-Encoding") == "gzip"
        return Answer(response.status, response.getheader("Location", ""), data, is_gzipped, seconds)


class Inside:
    """The same person without a server, in this process, to count queries."""

    def __init__(self, session: str) -> None:
        self._client = Client(SERVER_NAME=HOST)
        self._client.cookies["sessionid"] = session
        self.reads = self.writes = 0

    def get(self, path: str) -> Answer:
        with override(get_language()), connection.execute_wrapper(self._count):  # the page's language is not ours
            response = self._client.get(path)
            content = response.getvalue()  # a streamed file is read while it is taken
        return Answer(response.status_code, response.headers.get("Location", ""), content, False, 0.0)

    def post(self, path: str, fields: Fields) -> Answer:
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        with override(get_language()), connection.execute_wrapper(self._count):
            response = self._client.post(path, data)
        return Answer(response.status_code, response.headers.get("Location", ""), response.content, False, 0.0)

    def _count(self, execute: Callable[..., object], statement: str, *rest: object) -> object:
        verb = statement.lstrip("( ")[:6].upper()
        self.reads += verb == "SELECT"
        self.writes += verb in {"INSERT", "UPDATE", "DELETE"}
        return execute(statement, *rest)


def expect(answer: Answer, status: int, path: str) -> Answer:
    """The answer, if it is as it must be; else the run is worth nothing."""
    if answer.status != status:
        values = {"path": path, "status": answer.status, "expected": status}
        raise CommandError(_("%(path)s answered %(status)s instead of %(expected)s.") % values)
    return answer


def in_parallel[Task](tasks: Iterable[Task], do: Callable[[Browser, Task], None], port: int) -> Spent:
    """Do every task once, eight at a time in a closed loop, each line with its own connection."""
    waiting = deque(tasks)
    faults: list[BaseException] = []

    def line() -> None:
        browser = Browser(port)
        try:
            while waiting and not faults:
                try:
                    task = waiting.popleft()
                except IndexError:
                    return
                do(browser, task)
        except BaseException as fault:  # noqa: BLE001 (raised again below)
            faults.append(fault)
        finally:
            browser.close()

    threads = [threading.Thread(target=line) for _line in range(AT_A_TIME)]
    started, cpu_started = time.perf_counter(), time.process_time()
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        waiting.clear()
    if faults:
        raise faults[0]
    return Spent(time.perf_counter() - started, time.process_time() - cpu_started)
