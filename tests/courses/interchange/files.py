"""Files of invented questions, with broken ones in known lines."""

from __future__ import annotations

KINDS = 7


def gift_file(count: int = 500, *, language: str = "en") -> tuple[str, dict[int, str]]:
    """A GIFT file of `count` questions of seven kinds; every fiftieth is broken. Gives line → code of the refusal."""
    lines = ["// Invented questions", "$CATEGORY: Border inspection/Scanning", ""]
    broken: dict[int, str] = {}
    faults = [("{}", "essay"), ("{~ a ~ b}", "no_key"), ("{= a ~ b", "no_closing_brace"), ("{#twelve}", "no_number")]
    for number in range(1, count + 1):
        text, answers = _gift_question(number, language)
        if number % 50 == 0:
            answers, broken[len(lines) + 2] = faults[number // 50 % len(faults)]
        lines += [f"// [id:scan-{number}]", f"::Scan {number}::{text} {answers}", ""]
    return "\n".join(lines), broken


def _gift_question(number: int, language: str) -> tuple[str, str]:
    words = {
        "en": ("Container", "seal", "door", "axle", "is intact", "What does the officer check first on container"),
        "es": ("Contenedor", "precinto", "puerta", "eje", "está intacto", "¿Qué revisa primero en el contenedor"),
    }[language]
    ask = f"{words[5]} {number}?"
    return [
        (ask, f"{{={words[1]}#\\= ✓ ~{words[2]} ~{words[3]}####{words[0]} {number}}}"),
        (ask, f"{{~%50%{words[1]} ~%50%{words[2]} ~%-100%{words[3]}}}"),
        (f"{words[0]} {number} {words[4]}.", "{T}"),
        (f"{ask} (kg)", f"{{#{number}:0.5}}"),
        (ask, f"{{={words[1]} -> 1 ={words[2]} -> 2 ={words[3]} -> 3}}"),
        (ask, f"{{={words[1]} =%50%{words[2]}}}"),
        (f"{words[0]} {number}\\: {{={words[1]} ~{words[2]}}} {words[4]}.", ""),
    ][number % KINDS]


def moodle_file(count: int = 60) -> tuple[str, dict[int, str]]:
    """A Moodle XML file of `count` questions in both languages; every tenth is an essay. Gives line → code."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    broken: dict[int, str] = {}
    for number in range(1, count + 1):
        kind = "essay" if number % 10 == 0 else "multichoice"
        if kind == "essay":
            broken[len(lines) + 1] = "essay"
        lines += [
            f'<question type="{kind}"><name><text>Scan {number}</text></name><idnumber>scan-{number}</idnumber>',
            '<questiontext format="html"><text><![CDATA[<p>',
            f'<span lang="en" class="multilang">What is <b>first</b> {number}?</span>',
            f'<span lang="es" class="multilang">¿Qué es <b>primero</b> {number}?</span></p>]]></text>',
            "</questiontext><single>true</single>",
            '<answer fraction="100"><text>{mlang en}seal{mlang}{mlang es}precinto{mlang}</text></answer>',
            '<answer fraction="0"><text>{mlang en}door{mlang}{mlang es}puerta{mlang}</text></answer></question>',
        ]
    return "\n".join([*lines, "</quiz>"]), broken
