"""The catalogs of translations: compiled at set-up, so that no tool outside Python is needed; checked in CI.

python -m lms.catalogs            compile what changed
python -m lms.catalogs --check    fail on a message that is untranslated, fuzzy, or has other placeholders
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")


def catalogs() -> list[Path]:
    """All catalogs of the project: its own, and those that complete Wagtail's."""
    return sorted([*LOCALE.glob("*/LC_MESSAGES/*.po"), *LOCALE.glob("wagtail/*/LC_MESSAGES/*.po")])


def compile_catalogs() -> int:
    """Compile those that are younger than their compiled form; how many."""
    stale = [
        po
        for po in catalogs()
        if not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    for po in stale:
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
    return len(stale)


def faults() -> list[str]:
    """One line for each message that a Spanish reader would not get right."""
    found = []
    for po in catalogs():
        name = po.relative_to(LOCALE).parent.parent
        catalog = polib.pofile(str(po))
        forms = int(re.findall(r"nplurals=(\d)", catalog.metadata["Plural-Forms"])[0])
        for entry in catalog:
            if entry.obsolete:
                continue
            texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
            if "fuzzy" in entry.flags:
                found.append(f"{name}: fuzzy: {entry.msgid}")
            elif not all(texts) or (entry.msgid_plural and len(texts) != forms):
                found.append(f"{name}: untranslated: {entry.msgid}")
            else:
                allowed = {
                    frozenset(_PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)
                }
                found += [
                    f"{name}: placeholders differ: {entry.msgid}"
                    for t in texts
                    if frozenset(_PLACEHOLDER.findall(t)) not in allowed
                ]
    return found


def main() -> int:
    """What the command line asks for."""
    if "--check" in sys.argv:
        for line in (wrong := faults()):
            print(line)  # noqa: T201 (a command's output)
        return 1 if wrong else 0
    compile_catalogs()
    return 0


if __name__ == "__main__":
    sys.exit(main())
