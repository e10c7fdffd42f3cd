"""A real worker sends letters: into the folder, and to a mail server that is away at first."""

from __future__ import annotations

import os
import socket
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from jobs.models import Job
from people.models import Letter, Participant, User
from people.roles import Role
from people.services.invitations import invite
from people.services.roles import grant_role
from tests.processes import Worker, wait_until

from .test_letters import reset_letter

pytestmark = pytest.mark.worker


@pytest.fixture
def manager(transactional_db: None) -> User:
    side = Participant.objects.create(code="one", name_en="One", name_es="Uno", country_en="x", country_es="x")
    user = User.objects.create_user(
        "manager@one.example", given_names="Dana", surname_1="Castillo", participant=side, preferred_language="en"
    )
    grant_role(user=user, role=Role.MANAGER, participant=side, by=None)
    return user


@pytest.fixture
def officer(manager: User) -> User:
    return User.objects.create_user(
        "oficial@one.example", given_names="Javier", surname_1="Núñez", participant=manager.participant,
        preferred_language="es",
    )  # fmt: skip


class MailServer(socketserver.ThreadingTCPServer):
    """As much of RFC 5321 as a client needs. The first `refusals` letters are put off with 451."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, refusals: int) -> None:
        super().__init__(("127.0.0.1", port), Dialog)
        self.refusals = refusals
        self.received: list[bytes] = []


class Dialog(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 puente-test ESMTP")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self._take()
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            elif verb == b"RCPT" and self.server.refusals:
                self.server.refusals -= 1
                self._say("451 greylisted, try again")
            else:
                self._say("250 ok")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.received.append(b"".join(lines))
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def smtp_worker(transactional_db: None, _worker_process: Worker, monkeypatch) -> Iterator[tuple[Worker, int]]:
    """The worker with EMAIL_URL in its environment, and the port on which nobody listens yet."""
    port = free_port()
    _worker_process.kill()
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{port}")
    _worker_process.start()
    yield _worker_process, port
    _worker_process.kill()


def state_of(letter: Letter) -> tuple[str, int]:
    letter.refresh_from_db()
    return letter.state, letter.tries


def opened(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body
    return str(body.get_content())


def test_an_invitation_becomes_a_file_from_which_the_officer_gets_in(
    worker: Worker, manager: User, officer: User
) -> None:
    folder = Path(settings.PUENTE_MAIL_DIR)
    before = set(folder.glob("*.eml")) if folder.exists() else set()
    invitation = invite(person=officer, by=manager)
    assert invitation.letter
    wait_until(lambda: state_of(invitation.letter)[0] == "sent", what="the letter to be sent")
    (file,) = set(folder.glob("*.eml")) - before
    message = opened(file.read_bytes())
    assert message["To"] == "oficial@one.example" and message["Reply-To"] == "manager@one.example"
    assert message["Content-Language"] == "es" and '<html lang="es">' in text_of(message, "html")
    link = next(line for line in text_of(message, "plain").splitlines() if line.startswith("http"))
    client = Client()
    client.get(link.removeprefix(settings.PUENTE_BASE_URL), follow=True)
    arrived = client.post("/es/invitation/", {"password": "quiet-river-52", "again": "quiet-river-52"})
    assert (arrived.status_code, arrived.headers["Location"]) == (302, "/es/my-learning/")


def test_a_letter_waits_for_a_mail_server_that_is_away_and_then_says_not_yet(
    smtp_worker: tuple[Worker, int], officer: User
) -> None:
    _worker, port = smtp_worker
    letter = reset_letter(officer)
    wait_until(lambda: state_of(letter)[1] >= 1 and letter.reason == "unreachable", what="the first try to fail")
    assert letter.state == "queued" and "refused" in letter.last_error
    with MailServer(port, refusals=1) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        wait_until(lambda: letter.reason == "not_accepted" or state_of(letter)[0] == "sent", what="the server's answer")
        wait_until(lambda: state_of(letter)[0] == "sent", what="the letter to be sent", seconds=90)
        server.shutdown()
    assert letter.tries >= 3 and letter.secrets == {} and letter.last_error == ""
    (data,) = server.received
    message = opened(data)
    assert message["To"] == "oficial@one.example" and "secret-1" in text_of(message, "plain")
    assert not Job.objects.filter(kind="send_letters", state="failed").exists()
    assert os.environ["PUENTE_LETTER_PAUSE_SECONDS"] == "1"


def test_a_letter_is_sent_once_though_the_worker_is_killed_around_it(
    worker: Worker, manager: User, officer: User
) -> None:
    """Killed before it hears the bell: the bell still rings when it is back. What was sent is not sent again."""
    worker.kill()
    letter = reset_letter(officer)
    worker.start()
    wait_until(lambda: state_of(letter)[0] == "sent", what="the letter to be sent")
    worker.kill()
    worker.start()
    other = reset_letter(officer, 2)
    wait_until(lambda: state_of(other)[0] == "sent", what="the second letter to be sent")
    texts = [file.read_bytes() for file in Path(settings.PUENTE_MAIL_DIR).glob("*.eml")]
    assert sum(f"letter-{letter.pk}-{letter.created_at.timestamp():.0f}@".encode() in text for text in texts) == 1
