"""Certificates taken away together: a ZIP with an index, a print run ordered by office, a list for a mail merge.

Which certificates are in it is decided once, by the first run of the job; a run that follows a crash writes the same
file anew from the same list, so that nothing is left out and nothing stands in it twice.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, groupby
from pathlib import Path
from typing import Any

import pikepdf
from django.utils.text import slugify
from django.utils.translation import gettext as _

from people.private_files import private_path
from people.spreadsheets import disarmed

from ..models import Credential

A_READ = 500
A_PRINT_FILE = 200  # certificates in one file of the print run: a printer's memory is small
DATED = (1980, 1, 1, 0, 0, 0)  # so that the same certificates give the same file


def in_order_of_offices(ids: Sequence[int]) -> Iterator[Credential]:
    """The certificates of these rows by agency, office and name. One query for each five hundred."""
    places = Credential.objects.filter(pk__in=ids).order_by(
        "person__agency__code",
        "person__office__code",
        "person__surname_1",
        "person__surname_2",
        "person__given_names",
        "pk",
    )
    for part in batched(list(places.values_list("pk", flat=True)), A_READ):
        rows = Credential.objects.select_related("person__office__agency", "edition__curriculum").in_bulk(part)
        yield from (rows[pk] for pk in part)


def write_zip(path: Path, credentials: Iterable[Credential]) -> Iterator[Credential | None]:
    """All documents, a folder for each office, and `index.csv`. Yields each certificate that is in it, None for one
    whose document is not drawn yet."""
    listed: list[Credential] = []
    with zipfile.ZipFile(path, "w") as bundle:
        for credential in credentials:
            document = _document(credential)
            if document is not None:
                _add(bundle, _place(credential), document.read_bytes())
                listed.append(credential)
            yield credential if document is not None else None
        _add(bundle, "index.csv", list_of(listed))


def write_print_run(path: Path, credentials: Iterable[Credential]) -> Iterator[Credential | None]:
    """A ZIP with files to print, numbered in order: each holds the pages of one office, and no other's. Yields as
    `write_zip`.

    Pages that are put together lose their signature; the paper has the square code.
    """
    number = 0
    with zipfile.ZipFile(path, "w") as bundle:
        for office, group in groupby(credentials, key=lambda credential: credential.person.office):
            for part in batched(group, A_PRINT_FILE):
                number += 1
                with pikepdf.Pdf.new() as pages:
                    for credential in part:
                        document = _document(credential)
                        if document is not None:
                            _append(pages, document)
                        yield credential if document is not None else None
                    if not len(pages.pages):
                        continue
                    out = io.BytesIO()
                    pages.save(out, deterministic_id=True)
                name = f"{office.agency.code}-{office.code}" if office else "-"
                _add(bundle, f"{number:03d}-{name}.pdf", out.getvalue())


def write_list(path: Path, credentials: Iterable[Credential]) -> Iterator[Credential | None]:
    """The list for a mail merge, as CSV. Yields each certificate."""
    listed = []
    for credential in credentials:
        listed.append(credential)
        yield credential
    path.write_bytes(list_of(listed))


def list_of(credentials: Iterable[Credential]) -> bytes:
    """One line a certificate, headings in the reader's language: UTF-8 with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_headings())
    writer.writerows([disarmed(cell) for cell in _line(credential)] for credential in credentials)
    return text.getvalue().encode("utf-8-sig")


def _headings() -> list[str]:
    return [
        _("Number"),
        _("Code"),
        _("Name on the certificate"),
        _("Given names"),
        _("First surname"),
        _("Second surname"),
        _("E-mail"),
        _("Language"),
        _("Agency"),
        _("Office in English"),
        _("Office in Spanish"),
        _("Curriculum in English"),
        _("Curriculum in Spanish"),
        _("Issued"),
        _("Valid until"),
        _("How it stands"),
        _("Address of the check"),
        _("File"),
        _("SHA-256 of the document"),
    ]


def _line(credential: Credential) -> list[Any]:
    said, person, office = credential.said, credential.person, credential.person.office
    return [
        credential.number,
        credential.shown_code,
        said.holder.name,
        person.given_names,
        person.surname_1,
        person.surname_2,
        person.email,
        person.preferred_language,
        office.agency.code if office else "",
        office.name_en if office else "",
        office.name_es if office else "",
        said.curriculum.title_en,
        said.curriculum.title_es,
        said.issued_on,
        said.valid_until or "",
        str(credential.standing.label),
        said.verify_url,
        _place(credential),
        credential.document_sha256,
    ]


def _place(credential: Credential) -> str:
    office = credential.person.office
    shelf = f"{office.agency.code}-{office.code}" if office else "-"
    return f"{shelf}/{credential.number}-{slugify(credential.said.holder.name)[:60]}.pdf"


def _document(credential: Credential) -> Path | None:
    try:
        return private_path(credential.document)
    except FileNotFoundError:
        return None


def _append(pages: pikepdf.Pdf, document: Path) -> None:
    with pikepdf.open(document) as source:
        for page in source.pages:
            for key in ("/Annots", "/StructParents"):  # the signature's field, and the tree that stays behind
                if key in page:
                    del page[key]
        pages.pages.extend(source.pages)


def _add(bundle: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, DATED)
    entry.external_attr = 0o640 << 16
    bundle.writestr(entry, data)
