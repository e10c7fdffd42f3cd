"""Badges, verified by a library that we did not write and over the addresses that any verifier uses."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from django.test import Client
from joserfc import jws
from joserfc.jwk import ECKey
from openbadgeslib.baking import ITXT_KEYWORD_OB3, SVG_ELEMENT_OB3, extract_png, extract_svg
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.status import decode_encoded_list, set_indices
from openbadgeslib.ob3.verifier import OB3VerificationError
from PIL import Image
from pytest_django import Settings
from wagtail.models import Page

from certificates.badges.credential import claims_of
from certificates.badges.issuer import did_document, did_of
from certificates.badges.status_list import LENGTH, bitstring
from certificates.badges.tokens import signed
from certificates.models import Competence, Credential, Framework
from certificates.payload import CompetenceServed, Payload
from certificates.services.revocation import revoke
from certificates.signing.development import make_issuer
from courses.models import CoursePage
from people import clock
from people.models import AuditEntry, User
from people.roles import Role

from .conftest import World
from .samples import INTEGRITY, NOW, certificate_for, new_issuer

pytestmark = pytest.mark.usefixtures("own_cache")

SignIn = Callable[[User], Client]
DID = "did:web:puente.example"
BASE = "https://puente.example"
SERVED = (CompetenceServed("arusha", "Revised Arusha Declaration", "Arusha revisada", "7", "Conduct", "Conducta", ""),)


def over_http(address: str) -> bytes:
    """What a verifier elsewhere fetches: the address as it stands in the badge, asked of this installation."""
    assert address.startswith(BASE), address
    answer = Client().get(address.removeprefix(BASE))
    assert answer.status_code == 200, (address, answer.status_code)
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.content


def badge_of(browser: Client, credential: Credential, kind: str = "jwt") -> bytes:
    answer = browser.get(f"/en/certificates/{credential.number}/badge.{kind}")
    assert answer.status_code == 200, answer
    return answer.content


def verified(token: str) -> object:
    return OB3Verifier.for_issuer_did(DID, download=over_http).verify(token, check_status=True, download=over_http)


def test_a_verifier_of_others_accepts_it(world: World, as_user: SignIn) -> None:
    credential = world.credential("María de los Ángeles Güemes Núñez")
    token = badge_of(as_user(credential.person), credential).decode()
    found = verified(token)
    said = found.to_vc()  # type: ignore[attr-defined]
    achievement = said["credentialSubject"]["achievement"]
    assert achievement["name"] == "Integrity and Conduct / Integridad y conducta"
    assert "Explain 1 of IN-201." in achievement["criteria"]["narrative"]
    assert "Explicar 1 de IN-201." in achievement["criteria"]["narrative"]
    assert [goal["targetCode"] for goal in achievement["alignment"]] == ["G2", "G3", "G4"]
    assert said["credentialSubject"]["identifier"][0]["identityHash"] == credential.said.holder.name
    assert credential.person.officer_number not in json.dumps(said) and credential.person.email not in json.dumps(said)
    assert AuditEntry.objects.filter(action="certificates.badge.downloaded").count() == 1


def test_a_changed_badge_is_refused(world: World, as_user: SignIn) -> None:
    credential = world.credential()
    head, body, signature = badge_of(as_user(credential.person), credential).decode().split(".")
    other = "B" if body[40] == "A" else "A"
    with pytest.raises(OB3VerificationError):
        verified(f"{head}.{body[:40]}{other}{body[41:]}.{signature}")


def test_a_revoked_badge_is_refused_and_others_are_not(world: World, as_user: SignIn) -> None:
    revoked, kept = world.credential(), world.credential("Ana Ruiz Paz")
    token = badge_of(as_user(revoked.person), revoked).decode()
    other = badge_of(as_user(kept.person), kept).decode()
    verified(token)
    revoke(credential=revoked, reason_en="Wrong", reason_es="Equivocado", by=None)
    with pytest.raises(OB3VerificationError, match="revo"):
        verified(token)
    verified(other)


def test_a_suspended_badge_is_refused_until_it_is_not(world: World, as_user: SignIn) -> None:
    credential = world.credential()
    token = badge_of(as_user(credential.person), credential).decode()
    mine = Credential.objects.filter(pk=credential.pk)
    mine.update(suspended_at=clock.now(), suspension_reason_en="Inquiry", suspension_reason_es="Indagación")
    with pytest.raises(OB3VerificationError, match="revocation"):
        verified(token)
    mine.update(suspended_at=None, suspension_reason_en="", suspension_reason_es="")
    verified(token)


def test_the_pictures_carry_it(world: World, as_user: SignIn, tmp_path: Path) -> None:
    credential = world.credential()
    browser = as_user(credential.person)
    png, svg = badge_of(browser, credential, "png"), badge_of(browser, credential, "svg")
    for token in (extract_png(png, keyword=ITXT_KEYWORD_OB3), extract_svg(svg, element=SVG_ELEMENT_OB3)):
        assert token
        verified(token)
    (tmp_path / "badge.png").write_bytes(png)
    with Image.open(tmp_path / "badge.png") as picture:
        picture.load()
        assert picture.size == (480, 480)
    assert "Integridad y conducta" in svg.decode()


def test_the_next_key_leaves_earlier_badges_verifiable(
    world: World, as_user: SignIn, settings: Settings, tmp_path: Path
) -> None:
    credential = world.credential()
    browser = as_user(credential.person)
    before = badge_of(browser, credential).decode()
    packed, _root = make_issuer("Next issuer", now=clock.now())
    (tmp_path / "next.p12").write_bytes(packed)
    settings.PUENTE_ISSUER_FILE = str(tmp_path / "next.p12")
    after = badge_of(browser, credential).decode()
    document = json.loads(over_http(f"{BASE}/.well-known/did.json"))
    keys = {method["id"]: method["publicKeyJwk"] for method in document["verificationMethod"]}
    assert len(keys) == 2
    for token in (before, after):
        kid = jws.extract_compact(token.encode()).headers()["kid"]
        assert jws.deserialize_compact(token, ECKey.import_key(keys[kid]), algorithms=["ES256"])
        OB3Verifier.for_issuer_did(DID, download=over_http).verify(token)


def test_the_list_is_read_by_others() -> None:
    assert set_indices(decode_encoded_list(bitstring([0, 9, LENGTH - 1]))) == {0, 9, LENGTH - 1}


def test_an_expired_badge_is_refused(tmp_path: Path) -> None:
    signer, _ = new_issuer(tmp_path)
    verifier = OB3Verifier(x509.load_der_x509_certificate(signer.certificate).public_key())
    long_ago = dt.datetime(2023, 1, 1, tzinfo=dt.UTC)
    for until, is_over in (("2024-01-01", True), ("2094-01-01", False)):
        payload = certificate_for("Ana Ruiz", valid_until=until)
        claims = claims_of(payload, did=DID, base_url=BASE, index=7, issued_at=long_ago)
        token = signed(claims, signer=signer, did=DID)
        if is_over:
            with pytest.raises(OB3VerificationError, match="expired"):
                verifier.verify(token)
        else:
            verifier.verify(token)


@pytest.mark.parametrize(
    ("base", "did"),
    [
        ("https://Puente.example", "did:web:puente.example"),
        ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
        ("https://gov.example/training/puente", "did:web:gov.example:training:puente"),
    ],
)
def test_the_issuer_is_named_by_its_address(base: str, did: str) -> None:
    assert did_of(base) == did
    assert did_document(did, [])["id"] == did


def test_strangers_get_no_badge_but_may_read_what_it_stands_for(world: World, client: Client, as_user: SignIn) -> None:
    credential = world.credential()
    address = f"/en/certificates/{credential.number}/badge.png"
    assert client.get(address).status_code == 302
    assert as_user(world.officer("Manager Of DHS", "DHS", Role.MANAGER)).get(address).status_code == 404
    assert as_user(credential.person).get(address.replace("png", "exe")).status_code == 404
    for language, outcome in (("en", "Explain 1 of IN-201."), ("es", "Explicar 1 de IN-201.")):
        assert outcome in Client().get(f"/{language}/badges/IN/1/").content.decode()
    assert Client().get("/badges/IN/1/badge.svg")["Content-Type"] == "image/svg+xml"
    for nothing in ("/en/badges/IN/2/", "/en/badges/IN/01/", "/en/badges/IN/x/", "/badges/status/revocation/9"):
        assert Client().get(nothing, follow=True).status_code == 404, nothing


def test_a_badge_says_what_the_certificate_says() -> None:
    claims = claims_of(INTEGRITY, did=DID, base_url=BASE, index=LENGTH + 3, issued_at=NOW)
    entry = claims["credentialStatus"]
    assert entry["statusListCredential"] == f"{BASE}/badges/status/revocation/1" and entry["statusListIndex"] == "3"
    assert claims["id"] == INTEGRITY.verify_url and "exp" not in claims


def test_goals_and_competences_stand_in_it_in_both_languages(world: World, as_user: SignIn) -> None:
    framework = Framework.objects.create(code="arusha", name_en="Revised Arusha Declaration", name_es="Arusha revisada")
    for code, address in (("7", ""), ("1", "https://framework.example/1")):
        competence = Competence(framework=framework, code=code, name_en=f"Factor {code}", name_es=f"Elemento {code}")
        competence.address = address
        competence.save()
    page = CoursePage(code="IN-201", title="IN-201", slug="in-201", title_en="x", title_es="x", hours=6)
    Page.get_first_root_node().add_child(instance=page)
    for competence in Competence.objects.all():
        competence.courses.add(page)
        competence.save()
    credential = world.credential()
    aligned = verified(badge_of(as_user(credential.person), credential).decode()).to_vc()["credentialSubject"]  # type: ignore[attr-defined]
    found = {each["targetCode"]: each for each in aligned["achievement"]["alignment"]}
    assert found["G2"]["targetName"] == "Professionalism / Profesionalización"
    assert found["7"]["targetFramework"] == "Revised Arusha Declaration / Arusha revisada"
    assert found["7"]["targetName"] == "Factor 7 / Elemento 7"
    assert found["7"]["targetUrl"] == f"{BASE}/badges/IN/1/#arusha-7"
    assert found["1"]["targetUrl"] == "https://framework.example/1"
    for language, name in (("en", "Factor 7"), ("es", "Elemento 7")):
        text = Client().get(f"/{language}/badges/IN/1/").content.decode()
        assert name in text and 'id="arusha-7"' in text
    Competence.objects.all().delete()
    assert len(Credential.objects.get().said.competences) == 2, "what was issued keeps them"


@pytest.mark.skipif("PUENTE_OB_SCHEMA" not in os.environ, reason="PUENTE_OB_SCHEMA names no schema of 1EdTech")
@pytest.mark.parametrize(
    "payload",
    [
        INTEGRITY,
        certificate_for("Ana Ruiz", valid_until="2028-01-01", competences=SERVED),
        certificate_for("Ana Ruiz", goals=()),
    ],
)
def test_the_schema_of_1edtech_takes_it(payload: Payload) -> None:
    """The schema may not be handed on with other software; docs/decisions/0020-badges.md says where to get it."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(Path(os.environ["PUENTE_OB_SCHEMA"]).read_bytes())
    checks = jsonschema.Draft201909Validator(schema, format_checker=jsonschema.Draft201909Validator.FORMAT_CHECKER)
    claims = claims_of(payload, did=DID, base_url=BASE, index=7, issued_at=NOW)
    assert [error.message for error in checks.iter_errors(claims)] == []
    claims["credentialStatus"] = [claims["credentialStatus"]]
    assert list(checks.iter_errors(claims)), "it can say no"
