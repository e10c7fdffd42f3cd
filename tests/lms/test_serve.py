"""`make run`'s command: the first page comes, Ctrl-C ends everything, and a port in use is said in words."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil

from tests.processes import ROOT, wait_until

OWN = {"DATABASE_URL", "CELERY_BROKER_URL", "REDIS_URL", "PUENTE_TEST_PART", "PUENTE_QUEUE", "DJANGO_SETTINGS_MODULE"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    environ = {name: value for name, value in os.environ.items() if name not in OWN}
    environ |= {"PUENTE_VAR_DIR": str(folder), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--no-demonstration"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True)


def page(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as response:
            return str(response.read().decode())
    except OSError:
        return ""


def test_the_first_page_comes_and_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    port = free_port()
    server = serve(tmp_path, port)
    try:
        log = tmp_path / "log"
        wait_until(lambda: "Puente is ready" in log.read_text() or server.poll() is not None, what="the first page")
        assert server.poll() is None, log.read_text()
        wait_until(lambda: f"each one is a file in {tmp_path / 'mail'}" in log.read_text(), what="the folder of mail")
        assert "Two customs administrations" in page(port, "/en/").replace("two customs", "Two customs")
        assert "dos administraciones aduaneras" in page(port, "/es/")
        children = psutil.Process(server.pid).children(recursive=True)
        assert any("granian" in " ".join(child.cmdline()) for child in children)
        assert any("celery" in " ".join(child.cmdline()) for child in children)
        second = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT, env=os.environ | {"PUENTE_VAR_DIR": str(tmp_path)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert second.returncode == 1 and f"PORT={port + 1}" in second.stderr
    finally:
        os.kill(server.pid, signal.SIGINT)
        server.wait(timeout=30)
    assert server.returncode == 0 and "Puente has stopped" in (tmp_path / "log").read_text()
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
