"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from lms import catalogs
from lms.management.commands.metrics_reference import pages

ROOT = Path(settings.BASE_DIR)
APPS = ("people", "jobs", "courses", "curricula", "certificates", "reports", "lms")
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 320, 75
DRAWERS = {"utils", "helpers", "common", "core", "misc"}


def sources() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def tracked() -> Iterator[Path]:
    """Text files of the project."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = parts[0].startswith(".") and parts[0] != ".ci"
        if path.is_file() and not hidden and parts[0] != "var" and "__pycache__" not in parts:
            yield path


def test_files_and_functions_stay_short(capsys: pytest.CaptureFixture[str]) -> None:
    lengths = sorted(((len(path.read_text().splitlines()), path) for path in sources()), reverse=True)
    with capsys.disabled():
        longest = ", ".join(f"{path.relative_to(ROOT)} {n}" for n, path in lengths[:5])
        print("\nlongest:", longest)  # noqa: T201 (each run shows them)
    assert not [str(path) for n, path in lengths if n > MOST_LINES]
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}: {node.name} {lines}")
    assert not long


def test_there_are_no_drawers() -> None:
    assert not [str(path) for path in sources() if path.stem in DRAWERS or DRAWERS & set(path.relative_to(ROOT).parts)]


def test_every_module_says_what_it_is_for() -> None:
    texts = {path: path.read_text() for path in sources()}
    assert not [str(path) for path, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))]


def test_services_say_who_acts() -> None:
    """A public service that writes is called with names only, and with `by`, or says that the system acts."""
    wrong = []
    for path in (path for path in sources() if "services" in path.parts):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            is_atomic = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
            if is_atomic and node.args.args and not node.args.kwonlyargs:
                wrong.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert not wrong


def test_every_text_of_a_model_is_a_pair() -> None:
    """`title_en` never stands without `title_es`."""
    lonely = []
    for model in apps.get_models():
        if model._meta.app_label not in APPS:
            continue
        names = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
        lonely += [f"{model.__name__}.{n}" for n in names if n.endswith("_en") and n[:-3] + "_es" not in names]
        lonely += [f"{model.__name__}.{n}" for n in names if n.endswith("_es") and n[:-3] + "_en" not in names]
    assert not lonely


def test_templates_hold_no_words_of_their_own() -> None:
    """Every word of a page goes through translation, or is the name of a file format, a hash or Puente."""
    free = re.compile(r"^(Puente|CSV|XLSX|HDF5|PDF|SHA-256|URL|QR|English|Español|min|[A-Z]\d?|UTC|Error)$")
    found = []
    for path in (p for app in APPS for p in (ROOT / app).rglob("templates/**/*.html")):
        text = path.read_text()
        text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", " ", text, flags=re.DOTALL)
        text = re.sub(r"<script.*?</script>|<style.*?</style>", " ", text, flags=re.DOTALL)
        text = re.sub(r"{%\s*blocktrans.*?endblocktrans(late)?\s*%}", " ", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*\slang=\"(en|es)\"[^>]*>[^<]*</", "</", text)
        text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", text, flags=re.DOTALL)
        words = re.findall(r"[A-Za-zÁ-ú0-9-]{2,}", text)
        words = [word for word in words if re.search("[A-Za-z]{2}", word) and not free.match(word)]
        if words and path.name != "report.html":
            found.append(f"{path.relative_to(ROOT)}: {words[:5]}")
    assert not found


def test_the_catalogs_are_whole() -> None:
    assert catalogs.catalogs()
    assert not catalogs.faults()


def test_the_pages_on_metrics_are_those_of_the_registry() -> None:
    for name, text in pages().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, "run manage.py metrics_reference"


def test_the_guide_has_the_same_chapters_in_both_languages() -> None:
    english, spanish = ({p.name for p in (ROOT / "docs" / "guides" / code).glob("*.md")} for code in ("en", "es"))
    assert english and english == spanish


@pytest.mark.parametrize("folder", ["docs", "."])
def test_documents_point_to_what_is_there(folder: str) -> None:
    paths = (ROOT / folder).rglob("*.md") if folder == "docs" else ROOT.glob("*.md")
    missing = []
    for path in paths:
        targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        local = [target for target in targets if "://" not in target]
        missing += [f"{path.relative_to(ROOT)} → {t}" for t in local if not (path.parent / t).exists()]
    assert not missing


def test_locks_name_versions_and_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text()
        assert "==" in text and "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--find-links|file:", text)


def test_nothing_names_a_machine_or_a_secret() -> None:
    suspect = re.compile(rb"/(?:work|root|home/[a-z]+)/|BEGIN (EC |RSA )?PRIVATE KEY|AKIA[0-9A-Z]{16}")
    text_like = {".py", ".md", ".html", ".yaml", ".toml", ".po", ".sh", ".lock", ".css", ".js", ".csv", ""}
    this = Path(__file__)
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in text_like and path != this and suspect.search(path.read_bytes())
    ]
    assert not found
