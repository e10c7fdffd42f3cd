"""The broker on files: order, priority, and nothing lost when its holder dies."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection, Consumer, Exchange, Queue
from kombu.message import Message

from jobs import spool

BELL = Queue("bell", Exchange("bell", type="direct"), routing_key="bell")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    spool.register()
    with Connection("spool://", transport_options={"folder": str(tmp_path), "polling_interval": 0.01}) as connection:
        yield connection


def put(connection: Connection, *bodies: object, **how: object) -> None:
    with connection.Producer() as producer:
        for body in bodies:
            producer.publish({"n": body}, exchange=BELL.exchange, routing_key="bell", declare=[BELL], **how)


def get(connection: Connection) -> Message | None:
    return BELL(connection.default_channel).get()


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.msg")]


HOLD_ONE_MESSAGE = """
import sys, time
from kombu import Connection, Queue
from jobs import spool
spool.register()
with Connection("spool://", transport_options={"folder": sys.argv[1]}) as connection:
    assert Queue("bell")(connection.default_channel).get()
    print("held", flush=True)
    time.sleep(60)
"""


def test_messages_come_in_order_and_go_when_acknowledged(connection: Connection, tmp_path: Path) -> None:
    put(connection, 1, 2, 3)
    for expected in (1, 2, 3):
        message = get(connection)
        assert message and message.payload == {"n": expected}
        message.ack()
    assert get(connection) is None and files(tmp_path) == []


def test_a_higher_priority_comes_first(connection: Connection) -> None:
    put(connection, "low", priority=0)
    put(connection, "high", priority=9)
    first = get(connection)
    assert first and first.payload == {"n": "high"}


def test_a_rejected_message_goes_or_comes_back(connection: Connection, tmp_path: Path) -> None:
    put(connection, 1)
    message = get(connection)
    assert message
    message.reject(requeue=True)
    again = get(connection)
    assert again and again.payload == {"n": 1}
    again.reject()
    assert files(tmp_path) == []


def test_the_queue_is_counted_and_emptied(connection: Connection) -> None:
    put(connection, 1, 2)
    bound = BELL(connection.default_channel)
    assert bound.queue_declare(passive=True).message_count == 2
    assert bound.purge() == 2 and get(connection) is None


def test_kill_9_of_the_holder_loses_nothing(connection: Connection, tmp_path: Path) -> None:
    put(connection, 1)
    command = [sys.executable, "-c", HOLD_ONE_MESSAGE, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        assert get(connection) is None, "what another living process holds is not given out"
        holder.kill()
    time.sleep(spool.SWEEP_EVERY_SECONDS)
    message = get(connection)
    assert message and message.payload == {"n": 1}
    message.ack()
    assert files(tmp_path) == [] and len(list((tmp_path / spool.DESKS).iterdir())) == 1


def test_a_message_that_cannot_be_read_is_put_aside(connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "0-0-broken@bell.msg").write_text("{")
    put(connection, 1)
    message = get(connection)
    assert message and message.payload == {"n": 1}
    assert [path.name for path in (tmp_path / spool.UNREADABLE).iterdir()] == ["0-0-broken@bell.msg"]


def test_a_consumer_is_served(connection: Connection) -> None:
    heard: list[object] = []

    def hear(body: dict[str, object], message: Message) -> None:
        heard.append(body["n"])
        message.ack()

    put(connection, 1, 2)
    with Consumer(connection, queues=[BELL], callbacks=[hear], accept=["json"]):
        while len(heard) < 2:
            connection.drain_events(timeout=5)
    assert heard == [1, 2]
