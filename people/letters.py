"""Which kinds of letters there are, what each says, and how a letter looks as text and as HTML.

A kind says its words once; both looks are drawn from them, so that they cannot tell different things.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .exceptions import DomainError

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a letter; `kind` is its media type with parameters."""

    name: str
    content: str
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says, in the language that is active: plain text, whole sentences.

    `button` is its words and its address; `details` are pairs of a name and a value; `more` is a heading and a text.
    """

    subject: str
    greeting: str = ""
    paragraphs: tuple[str, ...] = ()
    code: str = ""
    button: tuple[str, str] | None = None
    details: tuple[tuple[str, str], ...] = ()
    more: tuple[str, str] | None = None
    reason: str = ""
    attachments: tuple[Attachment, ...] = ()


Composer = Callable[[Values], Words]


def greeting(values: Values) -> str:
    """How a letter begins: with the name, where it has one."""
    name = values.get("name")
    return translation.pgettext("greeting of a letter", "%(name)s:") % {"name": name} if name else ""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter: its name in the reader's language, its composer, and values to show it with.

    `secrets` names the values that let somebody in; they are wiped when the letter is sent. `useful_for` is how long
    they work: later than that the letter is not sent any more.
    """

    name: str
    title: str | Promise
    compose: Composer
    sample: Values
    secrets: frozenset[str] = field(default_factory=frozenset)
    useful_for: dt.timedelta = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter as it is sent."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


class UnknownLetterKind(DomainError):
    code = "unknown_letter_kind"
    message = translation.gettext_lazy("There is no e-mail of the kind “%(kind)s”.")


_kinds: dict[str, LetterKind] = {}


def letter_kind(
    name: str,
    *,
    title: str | Promise,
    sample: Values,
    secrets: tuple[str, ...] = (),
    useful_for: dt.timedelta = dt.timedelta(days=3),
) -> Callable[[Composer], Composer]:
    """Register a composer, in a module `letter_kinds` of an app. Values are JSON: text, numbers, dates as ISO 8601."""

    def register(compose: Composer) -> Composer:
        _kinds[name] = LetterKind(name, title, compose, sample, frozenset(secrets), useful_for)
        return compose

    return register


def letter_kinds() -> list[LetterKind]:
    """All kinds, in the order of their names in the reader's language."""
    return sorted(_kinds.values(), key=lambda kind: str(kind.title).casefold())


def has_letter_kind(name: str) -> bool:
    """Whether some app registers that kind."""
    return name in _kinds


def letter_kind_of(name: str) -> LetterKind:
    """The kind of that name.

    Raises:
        UnknownLetterKind: no app registers it.
    """
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownLetterKind(kind=name) from None


def subject_of(kind: LetterKind, values: Values, *, language: str) -> str:
    """The subject alone, for lists: one line of at most 200 characters."""
    with translation.override(language):
        return _one_line(kind.compose(values).subject)


def render_letter(kind: LetterKind, values: Values, *, language: str, strip: str = "") -> RenderedLetter:
    """The whole letter in a language. `strip` is a sentence above it: that it is a sample, or made up."""
    with translation.override(language):
        words = kind.compose(values)
        context = {"words": words, "language": language, "strip": strip}
        return RenderedLetter(
            _one_line(words.subject),
            render_to_string("letters/letter.txt", context).strip() + "\n",
            render_to_string("letters/letter.html", context),
            words.attachments,
        )


def demonstration_strip(language: str) -> str:
    """What stands above a letter to a person of the demonstration."""
    with translation.override(language):
        return _("Demonstration data. The person and the results in this e-mail are invented.")


def sample_strip(language: str) -> str:
    """What stands above a letter that is only looked at."""
    with translation.override(language):
        return _("Sample. The person, the link and the code in this e-mail are invented.")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
