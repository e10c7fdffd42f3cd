"""The served installation starts only when it is safe, and says in a sentence what is missing."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import Error
from django.test import override_settings

from certificates.signing.development import make_issuer
from lms.checks import nobody_is_invented, signer_is_real
from people.models import User
from tests.processes import ROOT

EXAMPLE = Path(settings.BASE_DIR) / "deploy" / "env.example"
OURS = ("PUENTE_", "SECURE_", "DJANGO_", "ALLOWED_HOSTS", "DATABASE_URL", "CELERY_", "REDIS_URL", "SECRET_KEY", "DEBUG")


def issuer(folder: Path, name: str = "Puente, issuer of certificates") -> Path:
    data, _ = make_issuer(name, now=dt.datetime.now(dt.UTC), password="open")
    path = folder / "issuer.p12"
    path.write_bytes(data)
    return path


def example(folder: Path, **changes: str) -> dict[str, str]:
    """The environment of deploy/env.example, its blanks filled, in a folder of the test's own."""
    lines = [line for line in EXAMPLE.read_text().splitlines() if "=" in line and not line.startswith("#")]
    given = dict(line.split("=", 1) for line in lines)
    given |= {
        "SECRET_KEY": secrets.token_urlsafe(64), "PUENTE_VAR_DIR": str(folder), "PUENTE_ISSUER_PASSWORD": "open",
        "PUENTE_ISSUER_FILE": str(issuer(folder)), "DATABASE_URL": "", **changes,
    }  # fmt: skip
    outer = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return outer | given | {"LC_ALL": "C.UTF-8"}


def run(environ: dict[str, str], *command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *command], cwd=ROOT, env=environ, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_example_is_complete_and_passes_the_deployment_check(tmp_path: Path) -> None:
    status, said = run(example(tmp_path), "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    if "EMAIL_URL" in EXAMPLE.read_text():
        assert status == 0 and "no issues" in said, said
    else:  # the mail server is not a variable yet
        assert set(re.findall(r"\((\w+\.[EW]\d+)\)", said)) <= {"mail.E001"}, said
    show = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.DEBUG)"  # noqa: E501
    assert run(example(tmp_path), "-c", show)[1].split() == [
        "__Host-puente-session", "__Host-puente-csrf", "True", "31536000", "True", "False",
    ]  # fmt: skip


UNSAFE = {
    "no key": ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
    "a short key": ({"SECRET_KEY": "short"}, "secrets.token_urlsafe"),
    "a simple key": ({"SECRET_KEY": "ab" * 40}, "too simple"),
    "a key of an example": ({"SECRET_KEY": "django-insecure-" + secrets.token_urlsafe(64)}, "example or a test"),
    "an old key that is short": ({"SECRET_KEY_FALLBACKS": "short"}, "SECRET_KEY is too short"),
    "debug": ({"DEBUG": "1"}, "Remove DEBUG"),
    "no host": ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS=puente.example"),
    "any host": ({"ALLOWED_HOSTS": "puente.example,*"}, "instead of *"),
    "an open line": ({"PUENTE_BASE_URL": "http://puente.example"}, "must begin with https://"),
    "no issuer": ({"PUENTE_ISSUER_FILE": ""}, "PKCS#12 file"),
    "a database in clear": ({"DATABASE_URL": "postgres://p:long-one@db.example/p"}, "sslmode=verify-full"),
    "a broker in clear": ({"CELERY_BROKER_URL": "amqp://p:long-one@mq.example//"}, "amqps://"),
    "a cache in clear": ({"REDIS_URL": "redis://cache.example/1"}, "PUENTE_TRUSTED_NETWORK=1"),
    "mail in clear": ({"EMAIL_URL": "smtp://mail.example"}, "smtp+tls://"),
    "a password that all know": ({"CELERY_BROKER_URL": "amqps://guest:guest@mq.example//"}, "everybody knows"),
    "no such issuer": ({"PUENTE_ISSUER_FILE": "nowhere.p12"}, "which is no file"),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_it_refuses_to_start(tmp_path: Path, what: str) -> None:
    changes, sentence = UNSAFE[what]
    status, said = run(example(tmp_path, **changes), "-c", "import lms.settings.production")
    assert status == 1 and "ImproperlyConfigured" in said and sentence in said


def test_neither_server_nor_worker_starts_with_a_specimen(tmp_path: Path) -> None:
    environ = example(tmp_path)
    issuer(tmp_path, "SPECIMEN: somebody's trial")
    status, said = run(environ, "-c", "import lms.wsgi")
    assert status == 1 and "puente.E003" in said and "PUENTE_ISSUER_FILE" in said
    environ |= {"CELERY_BROKER_URL": "spool://localhost//"}
    status, said = run(environ, "-m", "celery", "-A", "lms", "worker", "--pool", "solo")
    assert status != 0 and "puente.E003" in said
    status, said = run(environ, "manage.py", "check", "--deploy")
    assert status == 1 and "puente.E003" in said
    status, said = run(environ | {"PUENTE_ISSUER_PASSWORD": "wrong"}, "-c", "import lms.wsgi")
    assert status == 1 and "puente.E002" in said


def test_the_server_starts_when_all_is_well(tmp_path: Path) -> None:
    status, said = run(example(tmp_path), "-c", "import lms.wsgi; print('started')")
    assert status == 0 and "started" in said, said


def test_invented_accounts_are_an_error(db: None) -> None:
    assert nobody_is_invented(None) == []
    User.objects.create_user("demo@cbp.example", "a-long-password", is_demo=True)
    found = nobody_is_invented(None)
    assert [(type(each), each.id) for each in found] == [(Error, "puente.E004")] and "1 demonstration" in found[0].msg


def test_the_development_issuer_is_an_error() -> None:
    with override_settings(PUENTE_ISSUER_FILE=""):
        assert [each.id for each in signer_is_real(None)] == ["puente.E001"]
