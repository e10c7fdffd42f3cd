"""Where mail goes is read from EMAIL_URL; what cannot be read is said, and servers do not start without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT

PRINT = "from django.conf import settings as s; print(s.MAILERS['default'], s.PUENTE_MAIL_STAYS_HERE)"


def settings_say(folder: Path, module: str = "dev", **environ: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if name != "EMAIL_URL"}
    given |= {"DJANGO_SETTINGS_MODULE": f"lms.settings.{module}", "PUENTE_VAR_DIR": str(folder), **environ}
    command = [sys.executable, "-c", PRINT]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp+tls://ana:a%40b@mail.example:587", "'username': 'ana', 'password': 'a@b'"),
        ("smtp+tls://mail.example", "'use_tls': True"),
        ("smtps://mail.example:465", "'use_ssl': True, 'port': 465"),
    ],
)
def test_a_mail_server(tmp_path: Path, url: str, expected: str) -> None:
    said = settings_say(tmp_path, EMAIL_URL=url).stdout
    assert "smtp.EmailBackend" in said and "'host': 'mail.example'" in said and expected in said and "False" in said


def test_without_one_letters_become_files(tmp_path: Path) -> None:
    for said in (settings_say(tmp_path).stdout, settings_say(tmp_path, EMAIL_URL="folder:").stdout):
        assert f"{tmp_path}/mail" in said and said.strip().endswith("True")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    said = settings_say(tmp_path, EMAIL_URL="mail.example:25")
    assert said.returncode == 1 and "smtp+tls://user:password@host:587" in said.stderr


def test_servers_do_not_start_without_one(tmp_path: Path) -> None:
    said = settings_say(tmp_path, module="production", SECRET_KEY="x" * 60)
    assert said.returncode == 1 and "EMAIL_URL is not set" in said.stderr
