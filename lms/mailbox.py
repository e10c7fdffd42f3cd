"""The mail of an installation that sends none: one file a letter, as any mail program opens it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend


class FolderBackend(EmailBackend):
    """Django's backend of files appends letters to a log; this one writes `.eml` files, whole or not at all."""

    def open(self) -> bool:
        return False

    def close(self) -> None:
        pass

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each letter; how many. The folder is the operator's alone: letters hold links that let people in."""
        folder = Path(self.file_path)
        folder.chmod(0o700)
        for message in email_messages:
            now = dt.datetime.now(dt.UTC)
            name = f"{now:%Y%m%d-%H%M%S-%f}-{uuid.uuid4().hex[:6]}.eml"
            draft = folder / f".{name}"
            draft.write_bytes(message.message().as_bytes())
            draft.replace(folder / name)
        return len(email_messages)
