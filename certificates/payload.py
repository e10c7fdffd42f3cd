"""What a certificate says, in both languages, as it was on the day of issue: a frozen value and its canonical JSON."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

SCHEMA = "puente.certificate/3"
WITHOUT_DESIGN = "puente.certificate/2"
WITHOUT_LIFE = "puente.certificate/1"
OF_LIFE = frozenset({"valid_until", "period", "replaces"})
OF_DESIGN = frozenset({"design", "competences", "score_band"})
UNKNOWN_TO = {
    SCHEMA: frozenset({"score_percent"}),
    WITHOUT_DESIGN: OF_DESIGN,
    WITHOUT_LIFE: OF_DESIGN | OF_LIFE,
}
"""The fields that a schema does not have: not yet, or no more. What was frozen in an earlier one is read, hashed and
drawn as ever."""
MOST_OUTCOMES = 5
OF_HOLDER = OF_LIFE | frozenset(
    {"number", "code", "verify_url", "holder", "completed_on", "issued_on", "place_en", "place_es", "score_percent"}
    | {"score_band"}
)
Language = Literal["en", "es"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages, of equal rank."""

    en: str
    es: str

    def text(self, language: Language) -> str:
        return self.en if language == "en" else self.es


@dataclass(frozen=True, slots=True)
class Holder:
    """The person, with the name as it was."""

    name: str
    officer_number: str


@dataclass(frozen=True, slots=True)
class CurriculumNamed:
    code: str
    title_en: str
    title_es: str


@dataclass(frozen=True, slots=True)
class EditionNamed:
    """The edition that was followed; `sha256` is over its whole content."""

    number: int | str
    sha256: str


@dataclass(frozen=True, slots=True)
class ApprovalGiven:
    """Which Participant approved the edition, and the day (ISO)."""

    participant: str
    decided_on: str


@dataclass(frozen=True, slots=True)
class CourseTaken:
    code: str
    title_en: str
    title_es: str
    hours: float


@dataclass(frozen=True, slots=True)
class GoalServed:
    number: int
    name_en: str
    name_es: str
    primary: bool


@dataclass(frozen=True, slots=True)
class IssuingBody:
    """A Participant, its agency, and who signed for it on the day of issue, with the post held."""

    participant: str
    participant_en: str
    participant_es: str
    agency_en: str
    agency_es: str
    signatory: str
    post_en: str
    post_es: str


@dataclass(frozen=True, slots=True)
class CompetenceServed:
    """A competence that the courses serve, with its framework; `address` is where it is described, or empty."""

    framework: str
    framework_en: str
    framework_es: str
    code: str
    name_en: str
    name_es: str
    address: str


@dataclass(frozen=True, slots=True)
class Design:
    """How the document looks: the code of a design, the paper, and three sentences in both languages.

    `opening` stands before the name, `statement` after it; `closing` goes on with the place and the day. Where a
    sentence is empty, the document has the standard one: so it is with schemas that had no design.
    """

    code: str = "span"
    paper: str = "letter"
    opening: Pair = Pair("", "")
    statement: Pair = Pair("", "")
    closing: Pair = Pair("", "")


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything a certificate says. Days are ISO dates; hours may be halves. `score_band` is such as `80–89` or empty;
    until the second schema it was `score_percent`, from 0 to 100 or None.

    `valid_until` is the last day, None when it does not end; `period` counts renewals from 1; `replaces` is the number
    of the certificate that this one was issued in place of, or empty.
    """

    schema: str
    number: str
    code: str
    verify_url: str
    holder: Holder
    curriculum: CurriculumNamed
    edition: EditionNamed
    approvals: tuple[ApprovalGiven, ...]
    completed_on: str
    issued_on: str
    hours: float
    modes_en: str
    modes_es: str
    courses: tuple[CourseTaken, ...]
    outcomes: tuple[Pair, ...]
    goals: tuple[GoalServed, ...]
    bodies: tuple[IssuingBody, IssuingBody]
    place_en: str
    place_es: str
    score_percent: float | None
    demonstration: bool
    valid_until: str | None = None
    period: int = 1
    replaces: str = ""
    design: Design = Design()
    competences: tuple[CompetenceServed, ...] = ()
    score_band: str = ""

    def __post_init__(self) -> None:
        if self.schema not in UNKNOWN_TO:
            raise ValueError(f"this release reads {', '.join(sorted(UNKNOWN_TO))}, not {self.schema}")
        if len(self.bodies) != 2:
            raise ValueError("a certificate is issued by both Participants")
        if len(self.outcomes) > MOST_OUTCOMES:
            raise ValueError(f"a certificate shows at most {MOST_OUTCOMES} outcomes")

    def as_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries, for a JSON column."""
        return json.loads(canonical(self._plain()))  # type: ignore[no-any-return]

    @property
    def of_edition(self) -> str:
        """SHA-256 of what all holders of one edition share, as long as the same persons sign: what a press is
        prepared for."""
        return sha256_of({name: value for name, value in self._plain().items() if name not in OF_HOLDER})

    @property
    def sha256(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON."""
        return sha256_of(self._plain())

    def _plain(self) -> dict[str, Any]:
        """Its fields, without those that its schema does not know."""
        return {name: value for name, value in asdict(self).items() if name not in UNKNOWN_TO[self.schema]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Payload:
        """The value that was frozen. Raises ValueError or KeyError for anything else."""
        unknown = UNKNOWN_TO.get(str(data.get("schema")), frozenset())
        if not unknown & data.keys():
            data = {**{name: value for name, value in _defaults().items() if name in unknown}, **data}
        return _build(cls, data)  # type: ignore[no-any-return]


def _defaults() -> dict[str, Any]:
    """What the fields say that an earlier schema did not have, as plain data."""
    of_life = {"valid_until": None, "period": 1, "replaces": ""}
    return {**of_life, "design": asdict(Design()), "competences": [], "score_band": "", "score_percent": None}


def band_of(percent: float | None) -> str:
    """The band of a score from 0 to 100: no certificate tells more. Empty for None."""
    if percent is None:
        return ""
    least = min(90, int(percent // 10 * 10))
    return f"{least}–{100 if least == 90 else least + 9}"


def canonical(value: Any) -> bytes:
    """One spelling for one value: sorted keys, no blanks, UTF-8."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def sha256_of(data: Any) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of plain data."""
    return hashlib.sha256(canonical(data)).hexdigest()


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, data: Any) -> Any:
    """Read plain data into the typed value, strictly."""
    if is_dataclass(kind):
        if not isinstance(data, dict) or set(data) != {f.name for f in fields(kind)}:
            raise ValueError(f"not a {getattr(kind, '__name__', kind)}: {data!r:.200}")
        hints = _types(kind)  # type: ignore[arg-type]
        return kind(**{name: _build(hints[name], value) for name, value in data.items()})  # type: ignore[operator]
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], entry) for entry in data)
    if isinstance(kind, UnionType):
        return None if data is None else _build(get_args(kind)[0], data)
    if kind is float:
        return float(data)
    if not isinstance(data, kind):
        raise ValueError(f"{data!r:.200} should be {kind.__name__}")
    return data
