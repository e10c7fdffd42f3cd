"""Asks for an address as somebody, and says in a word what came of it, and whose names stood in it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from urllib.parse import urlsplit

import h5py
from django.test import Client
from pypdf import PdfReader

from .both_sides import OFFICER, STAFF

WALKERS = (
    "anonymous", "trainee", "instructor", "approver", "esc", "administrator", "manager", "other manager",
    "other administrator", "operator",
)  # fmt: skip
"""All are of the Mexican side but the two others and the operator; the addresses lead to the Mexican side's objects."""

HIDDEN = {
    **{who: tuple(OFFICER.values()) for who in ("anonymous", "trainee", "instructor", "approver", "esc")},
    **dict.fromkeys(("administrator", "manager"), (OFFICER["DHS"],)),
    **dict.fromkeys(("other manager", "other administrator"), (OFFICER["SHCP"],)),
    "operator": (),
}
"""Whose name must not reach whom."""

ELSEWHERE = {"other manager": STAFF["SHCP"], "other administrator": STAFF["SHCP"]}
"""Whose deeds are done on the other side of whom."""


def outcome(response: Any, who: str) -> tuple[str, list[str]]:
    """One word, such as `200`, `404`, `sign-in`; and the names in the answer that should not be there.

    A star says that somebody of the other side's staff is named.
    """
    content = text_of(response)
    leaks = [name for name in HIDDEN[who] if name in content]
    word = str(response.status_code)
    if response.status_code in {301, 302}:
        word = _where(response)
    other = ELSEWHERE.get(who, STAFF["DHS"])
    return word + ("*" if other in content and who != "operator" else ""), leaks


def _where(response: Any) -> str:
    path = urlsplit(response.headers["Location"]).path
    if "/login" in path:
        return "sign-in"
    return "refused" if path.removeprefix("/en").removeprefix("/es") == "/admin/" else str(response.status_code)


def text_of(response: Any) -> str:
    """The words of an answer, whatever its format."""
    data: bytes = response.getvalue()
    kind = response.headers.get("Content-Type", "")
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if data.startswith(b"\x89HDF"):
        return _words_of_hdf5(data)
    if "pdf" in kind:
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return _unescaped(data.decode("utf-8", "replace"))


def _words_of_hdf5(data: bytes) -> str:
    words: list[str] = []
    with h5py.File(io.BytesIO(data)) as file:
        file.visititems(lambda _, thing: words.append(str(thing[()])) if isinstance(thing, h5py.Dataset) else None)
    return _unescaped(" ".join(words))


def _unescaped(text: str) -> str:
    """With the letters that JSON and representations of bytes write as escapes."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(
        r"(?:\\x[0-9a-f]{2})+",
        lambda found: bytes.fromhex(found[0].replace("\\x", "")).decode("utf-8", "replace"),
        text,
    )


def ask(client: Client, method: str, address: str) -> Any:
    """The answer; an exception in a view is an answer of 500."""
    return client.generic(method, address)
