"""Why a certificate was revoked or suspended, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from ..exceptions import ReasonMissing


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, said in both languages. Raises ReasonMissing when one of them is empty."""

    en: str
    es: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "en", self.en.strip())
        object.__setattr__(self, "es", self.es.strip())
        if not (self.en and self.es):
            raise ReasonMissing
