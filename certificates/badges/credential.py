"""What a badge says: the payload of a certificate as an AchievementCredential (Open Badges 3.0, VC 2.0). Pure.

Both languages stand in each text, English first, divided by a slash or under headings: the format's terms hold one
string, and neither language is to be the translation of the other.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..payload import Language, Payload
from ..pdf.words import LANGUAGES, hours, say
from .issuer import profile
from .status_list import REVOCATION, status_entry
from .terms import BADGE_CONTEXT, VC_CONTEXT, in_both, moment

INSTRUMENT = "Declaration of Principles / Declaración de Principios"


def claims_of(payload: Payload, *, did: str, base_url: str, index: int, issued_at: dt.datetime) -> dict[str, Any]:
    """The claims of a badge: the credential itself, with the registered claims beside it.

    `base_url` has no slash at its end; `index` is the place of the certificate in the status lists, from 0.
    """
    ends = last_moment(payload)
    credential: dict[str, Any] = {
        "@context": [VC_CONTEXT, BADGE_CONTEXT],
        "id": payload.verify_url,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": in_both(payload.curriculum.title_en, payload.curriculum.title_es),
        "issuer": profile(did, base_url, payload),
        "validFrom": moment(issued_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": payload.holder.name,
                    "identityType": "name",
                }
            ],
            "creditsEarned": payload.hours,
            "achievement": achievement(payload, base_url=base_url),
        },
        "credentialStatus": status_entry(base_url, REVOCATION, index),
        "iss": did,
        "jti": payload.verify_url,
        "nbf": int(issued_at.timestamp()),
    }
    if ends:
        credential |= {"validUntil": moment(ends), "exp": int(ends.timestamp())}
    return credential


def achievement(payload: Payload, *, base_url: str) -> dict[str, Any]:
    """What all holders of one edition achieved: its outcomes as criteria, and the goals that it serves."""
    curriculum = payload.curriculum
    about = about_address(base_url, curriculum.code, str(payload.edition.number))
    name = in_both(curriculum.title_en, curriculum.title_es)
    return {
        "id": about,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": name,
        "description": in_both(*(_description(payload, language) for language in LANGUAGES)),
        "version": str(payload.edition.number),
        "humanCode": curriculum.code,
        "creditsAvailable": payload.hours,
        "criteria": {"id": about, "narrative": "\n\n".join(_criteria(payload, language) for language in LANGUAGES)},
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": in_both(goal.name_en, goal.name_es),
                "targetCode": f"G{goal.number}",
                "targetUrl": f"{about}#G{goal.number}",
                "targetFramework": INSTRUMENT,
            }
            for goal in payload.goals
        ]
        + [
            {
                "type": ["Alignment"],
                "targetName": in_both(each.name_en, each.name_es),
                "targetCode": each.code,
                "targetUrl": each.address or f"{about}#{each.framework}-{each.code}",
                "targetFramework": in_both(each.framework_en, each.framework_es),
                "targetType": "ceasn:Competency",
            }
            for each in payload.competences
        ],
        "image": {"id": f"{about}badge.svg", "type": "Image", "caption": name},
    }


def about_address(base_url: str, curriculum: str, edition: str) -> str:
    """Where anybody reads what the badge of an edition stands for."""
    return f"{base_url}/badges/{curriculum}/{edition}/"


def last_moment(payload: Payload) -> dt.datetime | None:
    """The end of the last day of validity (UTC), or None."""
    if not payload.valid_until:
        return None
    day = dt.date.fromisoformat(payload.valid_until)
    return dt.datetime.combine(day, dt.time(23, 59, 59), tzinfo=dt.UTC)


def _description(payload: Payload, language: Language) -> str:
    figure = hours(payload.hours)
    unit = say("one_hour" if figure == "1" else "hours", language)
    modes = payload.modes_en if language == "en" else payload.modes_es
    return f"{figure} {unit}" + (f" ({modes})" if modes else "")


def _criteria(payload: Payload, language: Language) -> str:
    """The outcomes as Markdown."""
    lines = [f"**{say('can', language)}**", ""]
    lines += [f"- {outcome.text(language)}" for outcome in payload.outcomes]
    return "\n".join(lines)
