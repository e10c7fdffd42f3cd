"""The columns of a roster and the names they go by in both languages."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

REQUIRED = ("officer_number", "given_names", "surname_1", "email", "agency", "office", "language")
OPTIONAL = ("surname_2", "position")
COLUMNS = (*REQUIRED, *OPTIONAL)

LEFT_OUT = "left_out"
"""What stands for a column whose values are not read."""

WHAT_IS_WRONG = {"en": "what is wrong", "es": "qué está mal"}
"""The column that is added to the rows that come back to be mended. It is not read."""

ALIASES: dict[str, tuple[str, ...]] = {
    "officer_number": (
        "officer_number",
        "officer number",
        "number",
        "badge",
        "numero de oficial",
        "numero",
        "numero de empleado",
        "employee number",
        "id number",
        "no. de empleado",
        "num. de empleado",
    ),
    "given_names": (
        "given_names",
        "given names",
        "first name",
        "first names",
        "name",
        "nombres",
        "nombre",
        "nombre(s)",
    ),
    LEFT_OUT: tuple(WHAT_IS_WRONG.values()),
    "surname_1": (
        "surname_1",
        "first surname",
        "surname",
        "last name",
        "primer apellido",
        "apellido paterno",
        "apellido 1",
    ),
    "surname_2": (
        "surname_2",
        "second surname",
        "second last name",
        "segundo apellido",
        "apellido materno",
        "apellido 2",
    ),
    "email": ("email", "e-mail", "e-mail address", "email address", "mail", "correo", "correo electronico"),
    "agency": ("agency", "agency code", "dependencia", "organismo", "institucion"),
    "office": ("office", "port", "port of entry", "duty station", "oficina", "aduana", "adscripcion"),
    "position": ("position", "post", "job title", "cargo", "puesto"),
    "language": ("language", "preferred language", "idioma", "idioma preferido", "lengua"),
}
LANGUAGES = {"en": "en", "english": "en", "ingles": "en", "es": "es", "spanish": "es", "espanol": "es"}
MAX_LENGTH = {
    "officer_number": 40,
    "given_names": 120,
    "surname_1": 80,
    "surname_2": 80,
    "email": 254,
    "agency": 20,
    "office": 160,
    "position": 120,
    "language": 20,
}


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Without accents, case, underscores and doubled spaces: how names are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("_", " ").split())


_BY_ALIAS = {folded(alias): column for column, aliases in ALIASES.items() for alias in aliases}


def column_of(heading: str) -> str | None:
    """The column that a heading means, or None."""
    return _BY_ALIAS.get(folded(heading))
