"""The fixed words of the certificate, side by side. They are part of the design, not of the interface's catalogs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..payload import Design, Language, Pair

LANGUAGES: tuple[Language, Language] = ("en", "es")
LOCALES: dict[Language, str] = {"en": "en-US", "es": "es-MX"}

WORDS: dict[str, Pair] = {
    "title": Pair("Certificate of Completion", "Certificado de conclusión"),
    "opening": Pair("This is to certify that", "Se hace constar que"),
    "statement": Pair("completed the shared curriculum", "concluyó el programa compartido"),
    "edition": Pair("Edition {number} ({code})", "Edición {number} ({code})"),
    "approved": Pair(
        "{edition}, approved by both Participants on {first} and {last}",
        "{edition}, aprobada por ambos Participantes el {first} y el {last}",
    ),
    "approved_same_day": Pair(
        "{edition}, approved by both Participants on {first}", "{edition}, aprobada por ambos Participantes el {first}"
    ),
    "can": Pair("The holder showed the ability to", "La persona titular demostró que sabe"),
    "how": Pair("Hours and modes", "Horas y modalidades"),
    "hours": Pair("hours", "horas"),
    "one_hour": Pair("hour", "hora"),
    "courses": Pair(
        "{count} courses, each with its final assessment passed",
        "{count} cursos, cada uno con su evaluación final aprobada",
    ),
    "one_course": Pair("One course, with its final assessment passed", "Un curso, con su evaluación final aprobada"),
    "goals": Pair("Goals of the Declaration of Principles", "Metas de la Declaración de Principios"),
    "also_one": Pair("It also serves goal {last}.", "También contribuye a la meta {last}."),
    "also": Pair("It also serves goals {others} and {last}.", "También contribuye a las metas {others} y {last}."),
    "closing": Pair(
        "Given in duplicate, in English and in Spanish, both texts being of equal rank",
        "Expedido por duplicado, en español y en inglés, ambos textos de igual rango",
    ),
    "given_in": Pair("{closing}, in {place}, on {date}.", "{closing}, en {place}, el {date}."),
    "given": Pair("{closing}, on {date}.", "{closing}, el {date}."),
    "number": Pair("Certificate", "Certificado"),
    "code": Pair("Code", "Código"),
    "completed": Pair("Completed on {date}", "Concluido el {date}"),
    "valid_until": Pair("Valid until {date}", "Vigente hasta el {date}"),
    "check": Pair(
        "To check it, point a phone camera at the square, or type the code at {address}. "
        "The page says whether it is genuine and valid today. No account needed.",
        "Para comprobarlo, apunte la cámara del teléfono al cuadro o escriba el código en {address}. "
        "La página dice si es auténtico y está vigente hoy. No se requiere cuenta.",
    ),
    "seal": Pair("Electronic signature", "Firma electrónica"),
    "signed": Pair("In this file; a PDF reader shows it", "En este archivo; un lector de PDF la muestra"),
    "specimen_key": Pair("Specimen key, without legal effect", "Llave de muestra, sin efectos legales"),
    "demonstration": Pair("Demonstration: not a real certificate.", "Demostración: no es un certificado real."),
    "specimen": Pair("Specimen: signed with a development key.", "Muestra: firmado con una llave de desarrollo."),
    "page": Pair(
        "English · page 1 of 2 · the Spanish text follows", "Español · página 2 de 2 · el texto en inglés antecede"
    ),
    "code_alternative": Pair(
        "Square code with the address of the page where this certificate is checked",
        "Código cuadrado con la dirección de la página donde se comprueba este certificado",
    ),
}

_MONTHS: dict[Language, Sequence[str]] = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}


def say(key: str, language: Language, **values: str) -> str:
    """A sentence of the certificate."""
    return WORDS[key].text(language).format(**values)


def sentence(design: Design, key: str, language: Language) -> str:
    """The opening, the statement or the closing of a design, or the standard one."""
    own: Pair = getattr(design, key)
    return own.text(language) or WORDS[key].text(language)


def date(day: str, language: Language) -> str:
    """An ISO day, written out: November 22, 2026 / 22 de noviembre de 2026."""
    at = dt.date.fromisoformat(day)
    month = _MONTHS[language][at.month - 1]
    return f"{month} {at.day}, {at.year}" if language == "en" else f"{at.day} de {month} de {at.year}"


def hours(value: float) -> str:
    """36 or 36.5: both languages write it alike."""
    return f"{value:g}"


def as_item(sentence: str, *, is_last: bool) -> str:
    """A sentence as one entry of a list that goes on: small first letter, semicolon; a full stop ends the last."""
    text = sentence.strip().rstrip(".;")
    if len(text) > 1 and not text[1].isupper():
        text = text[0].lower() + text[1:]
    return text + ("." if is_last else ";")
