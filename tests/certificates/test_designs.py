"""The designs: what was issued is drawn as ever, every design holds every name, authors choose with a preview."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageChops, ImageStat

from certificates.exceptions import LetterMissing, SentenceIncomplete
from certificates.models import CertificateDesign, Credential
from certificates.payload import SCHEMA, WITHOUT_DESIGN, WITHOUT_LIFE, Design, Language, Pair, Payload
from certificates.pdf.designs import DESIGNS
from certificates.pdf.marks import PAPERS
from certificates.pdf.picture import page_as_png
from certificates.pdf.press import Pressroom
from certificates.pdf.words import LANGUAGES, WORDS
from certificates.services.designs import choose_design
from certificates.services.documents import folder
from certificates.services.reissue import reissue
from certificates.signing.checking import Finding, check_document
from certificates.signing.cms import Envelope
from curricula.models import Curriculum
from people.models import AuditEntry, User
from people.roles import Role

from .conftest import World, draw_all
from .samples import INTEGRITY, NOW, certificate_for, new_issuer
from .test_layout import LONGEST, faults, page_of

SignIn = Callable[[User], Client]
PAGE = "/en/manage/certificate-designs/IN/"
FILLED = {"code": "arcade", "paper": "a4"} | dict.fromkeys(
    ("opening_en", "opening_es", "statement_en", "statement_es", "closing_en", "closing_es"), ""
)
OLD = {
    (WITHOUT_DESIGN, "letter"): "1767b3c9288a461f5914047a0a2cba8d43dcdb7998f50ca335347208904f0f86",
    (WITHOUT_DESIGN, "a4"): "9a3720a895662d16ca764bd1c10b0330c1af4349b9781fe5e246a8fb3811b55e",
    (WITHOUT_LIFE, "letter"): "4f2e61fecfebba6b628092de5e37a27b9680202c67c716b2efc80477d6ea7e3e",
    (WITHOUT_LIFE, "a4"): "5393df0708a0e2ed7f2370b458d279cc25c4ace8ae38e7e5d3ad5307a1125bb3",
}
"""SHA-256 over the contents of both pages, unpacked, as the releases before designs drew them."""
HASHES = {
    WITHOUT_DESIGN: "3e955f4bc9353094480fde4ef2f475f0e00989d0e7e8cfcdd12f412dd0e1a282",
    WITHOUT_LIFE: "424a7f52855a8a0ac1d672036e929f08990fa257073eb10db7b62273c0bc04c4",
}


def old(schema: str) -> Payload:
    life = {"valid_until": "2028-11-19", "period": 2} if schema == WITHOUT_DESIGN else {}
    return dataclasses.replace(INTEGRITY, schema=schema, score_percent=91.5, score_band="", **life)


def designed(code: str, name: str = INTEGRITY.holder.name, paper: str = "letter", **texts: Pair) -> Payload:
    return certificate_for(name, design=Design(code, paper, **texts))


@pytest.mark.parametrize(("schema", "paper"), OLD)
def test_what_was_issued_before_designs_is_hashed_and_drawn_as_ever(schema: str, paper: str) -> None:
    payload = Payload.from_json(old(schema).as_json())
    assert payload.sha256 == HASHES[schema] and "design" not in payload.as_json()
    drawn = hashlib.sha256()
    with pikepdf.open(io.BytesIO(Pressroom(specimen_key=True, paper=paper).draw(payload))) as pdf:
        for page in pdf.pages:
            for stream in page.obj["/Contents"]:
                drawn.update(stream.read_bytes())
    assert drawn.hexdigest() == OLD[schema, paper]


def test_the_design_is_a_part_of_what_is_hashed() -> None:
    plain, other = designed("span"), designed("arcade")
    assert plain.sha256 != other.sha256 and plain.of_edition != other.of_edition
    assert Payload.from_json(other.as_json()) == other
    with pytest.raises(ValueError, match="no design 'lace'"):
        Pressroom(specimen_key=False).draw(designed("lace"))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("code", DESIGNS)
@pytest.mark.parametrize("name", [INTEGRITY.holder.name, "Ana Ruiz", LONGEST])
def test_every_design_holds_every_name(code: str, name: str, paper: str) -> None:
    long = Pair("W" * 60 + " " + "w" * 39, "M" * 60 + " " + "m" * 39)
    for language in LANGUAGES:
        assert faults(page_of(designed(code, name, paper), language, paper), paper) == []
        wordy = designed(code, name, paper, opening=long, statement=long, closing=long)
        assert faults(page_of(wordy, language, paper), paper) == []


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not installed")
@pytest.mark.parametrize("code", DESIGNS)
@pytest.mark.parametrize("name", [INTEGRITY.holder.name, "Łukasz Dvořák Őrsi"])
def test_two_readers_find_the_signature_of_every_design_valid(code: str, name: str, tmp_path: Path) -> None:
    signer, root = new_issuer(tmp_path)
    envelope, room = Envelope(signer), Pressroom(specimen_key=False)
    payload = designed(code, name, "a4", closing=Pair("Given at Łódź’s own œuvre", "Dado en Łódź"))
    printed = room.print(payload, seal=envelope.seal, reserve=envelope.reserve, signed_at=NOW)
    assert check_document(printed.data, trusted=[root], at=NOW).finding is Finding.VALID
    path = tmp_path / "certificate.pdf"
    for data, is_valid in ((printed.data, True), (printed.data.replace(b"/Author", b"/Authos"), False)):
        path.write_bytes(data)
        said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
        assert ("Signature is Valid" in said) == is_valid


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not installed")
@pytest.mark.parametrize("code", DESIGNS)
@pytest.mark.parametrize(("page", "language"), [(1, "en"), (2, "es")])
def test_the_preview_shows_what_the_document_shows(code: str, page: int, language: Language, tmp_path: Path) -> None:
    payload = dataclasses.replace(designed(code, paper="a4"), demonstration=True)
    (tmp_path / "c.pdf").write_bytes(Pressroom(specimen_key=False).draw(payload))
    subprocess.run(["pdftoppm", "-r", "108", "-png", tmp_path / "c.pdf", tmp_path / "c"], check=True)
    with (
        Image.open(tmp_path / f"c-{page}.png") as drawn,
        Image.open(io.BytesIO(page_as_png(payload, language, dots=1.5))) as shown,
    ):
        size = shown.size
        pair = [picture.convert("L").resize(size).reduce(4) for picture in (drawn, shown)]
    assert ImageStat.Stat(ImageChops.difference(*pair)).mean[0] < 3
    other = Image.open(
        io.BytesIO(page_as_png(designed("river" if code != "river" else "span", paper="a4"), language, dots=1.5))
    )
    assert ImageStat.Stat(ImageChops.difference(pair[0], other.convert("L").reduce(4))).mean[0] > 4


def test_what_is_chosen_is_frozen_with_the_next_certificate(world: World) -> None:
    before = world.credential()
    design = Design("arcade", "a4", opening=Pair("Be it known that", "Se hace saber que"))
    choose_design(curriculum=world.edition.curriculum, design=design, by=None)
    after = world.credential("Ana Ruiz Paz")
    assert before.said.design.code == "span" and before.said.design.opening == WORDS["opening"]
    frozen = after.said.design
    assert (frozen.code, frozen.paper, frozen.opening.es) == ("arcade", "a4", "Se hace saber que")
    assert frozen.closing == WORDS["closing"], "the standard sentence is frozen too"
    assert after.payload["schema"] == SCHEMA and after.is_intact
    choose_design(curriculum=world.edition.curriculum, design=Design("river"), by=None)
    User.objects.filter(pk=after.person_id).update(surname_1="Güemes")
    assert reissue(credential=after, by=None).said.design == frozen, "a name changes, the look stays"
    draw_all()
    document = folder() / Credential.objects.get(pk=after.pk).document
    with pikepdf.open(document) as pdf:
        assert [float(side) for side in pdf.pages[0].MediaBox[2:]] == list(PAPERS["a4"])


def test_a_sentence_stands_in_both_languages_or_in_none(world: World) -> None:
    curriculum = world.edition.curriculum
    with pytest.raises(SentenceIncomplete):
        choose_design(curriculum=curriculum, design=Design(closing=Pair("Given", "")), by=None)
    with pytest.raises(LetterMissing, match="王"):
        choose_design(curriculum=curriculum, design=Design(closing=Pair("Given 王", "Dado 王")), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateDesign.objects.create(curriculum=curriculum, opening_en="One language only")
    assert not CertificateDesign.objects.exists()


def test_an_author_previews_and_keeps(world: World, as_user: SignIn) -> None:
    browser = as_user(world.officer("Autora Del Programa", "SHCP", Role.INSTRUCTOR))
    assert "the standard design" in browser.get("/en/manage/certificate-designs/").content.decode()
    sentences = {"opening_en": "Be it known that", "opening_es": "Se hace saber que"}
    shown = browser.post(PAGE, FILLED | sentences | {"preview": "1"})
    assert shown.status_code == 200 and not CertificateDesign.objects.exists(), "a preview keeps nothing"
    assert "It is not kept yet" in shown.content.decode() and "opening_en=Be+it+known+that" in shown.content.decode()
    for language in LANGUAGES:
        picture = browser.get(f"{PAGE}{language}.png?{urlencode(FILLED | sentences)}")
        assert picture["Content-Type"] == "image/png"
        with Image.open(io.BytesIO(picture.content)) as image:
            assert image.size == (1263, 893), "A4"
    file = browser.get(f"{PAGE}specimen.pdf?{urlencode(FILLED | sentences)}")
    assert check_document(file.content, trusted=[], at=NOW).finding is Finding.UNSIGNED
    assert browser.post(PAGE, FILLED | sentences | {"save": "1"}).status_code == 302
    row = CertificateDesign.objects.get()
    assert (row.code, row.paper, row.opening_es) == ("arcade", "a4", "Se hace saber que")
    entry = AuditEntry.objects.get(action="certificates.design.chosen")
    assert entry.after["opening_en"] == "Be it known that"
    assert 'value="Be it known that"' in browser.get(PAGE).content.decode()
    assert world.credential().said.design.code == "arcade"


@pytest.mark.parametrize(
    ("values", "language", "said"),
    [
        ({"opening_en": "Only English"}, "en", "stands in one language only"),
        ({"opening_es": "Solo español"}, "es", "está en un solo idioma"),
        ({"closing_en": "Given 王", "closing_es": "Dado 王"}, "en", "do not have 王"),
        ({"code": "lace"}, "en", "Select a valid choice"),
        ({"opening_en": "x" * 101, "opening_es": "x"}, "en", "at most 100 characters"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_not_kept(
    world: World, as_user: SignIn, values: dict[str, str], language: str, said: str
) -> None:
    browser = as_user(world.officer("Autora Del Programa", "SHCP", Role.INSTRUCTOR))
    for button in ("preview", "save"):
        answer = browser.post(PAGE.replace("/en/", f"/{language}/"), FILLED | values | {button: "1"})
        assert answer.status_code == 400 and said in answer.content.decode(), answer.content.decode()
    picture = browser.get(f"{PAGE.replace('/en/', f'/{language}/')}en.png?{urlencode(FILLED | values)}")
    assert picture.status_code == 400 and said in picture.content.decode()
    assert not CertificateDesign.objects.exists()


def test_nobody_else_designs(world: World, as_user: SignIn, client: Client) -> None:
    addresses = ("/en/manage/certificate-designs/", PAGE, f"{PAGE}en.png", f"{PAGE}specimen.pdf")
    for address in addresses:
        assert client.get(address).status_code == 302
    for role in (Role.TRAINEE, Role.MANAGER, Role.APPROVER, Role.ESC):
        browser = as_user(world.officer(f"Somebody {role.title()}", "SHCP", role))
        for address in addresses:
            assert browser.get(address).status_code == 403, (role, address)
        assert browser.post(PAGE, FILLED | {"save": "1"}).status_code == 403
    author = as_user(world.officer("Autora Del Programa", "DHS", Role.INSTRUCTOR))
    assert author.get("/en/manage/certificate-designs/XX/").status_code == 404
    assert author.get(f"{PAGE}fr.png").status_code == 404
    assert not CertificateDesign.objects.exists()


def test_before_the_first_edition_there_is_a_preview_all_the_same(world: World, as_user: SignIn) -> None:
    Curriculum.objects.create(code="NEW", title_en="New", title_es="Nuevo")
    browser = as_user(world.officer("Autora Del Programa", "SHCP", Role.INSTRUCTOR))
    assert browser.get("/en/manage/certificate-designs/NEW/es.png").status_code == 200


def test_the_list_costs_the_same_for_few_and_for_many(world: World, as_user: SignIn) -> None:
    browser, counts = as_user(world.officer("Autora Del Programa", "SHCP", Role.INSTRUCTOR)), []
    for many in range(1, 9, 7):
        for number in range(many):
            new = Curriculum.objects.create(code=f"C{many}{number}", title_en="x", title_es="x")
            CertificateDesign.objects.create(curriculum=new)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/en/manage/certificate-designs/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
