"""The frozen payload."""

from __future__ import annotations

import copy
import dataclasses

import pytest

from certificates.payload import Payload, band_of, canonical

from .samples import INTEGRITY, certificate_for


def test_payload_survives_its_json() -> None:
    assert Payload.from_json(INTEGRITY.as_json()) == INTEGRITY
    assert Payload.from_json(INTEGRITY.as_json()).sha256 == INTEGRITY.sha256


def test_canonical_json_has_one_spelling() -> None:
    shuffled = dict(reversed(list(INTEGRITY.as_json().items())))
    assert canonical(shuffled) == canonical(INTEGRITY.as_json())
    assert "Ángeles".encode() in canonical(INTEGRITY.as_json())


def test_payload_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        INTEGRITY.number = "PU-2026-000124"  # type: ignore[misc]


@pytest.mark.parametrize("fault", ["missing", "more", "wrong type", "other schema"])
def test_payload_is_read_strictly(fault: str) -> None:
    data = copy.deepcopy(INTEGRITY.as_json())
    match fault:
        case "missing":
            del data["holder"]["name"]
        case "more":
            data["holder"]["photo"] = "x"
        case "wrong type":
            data["edition"]["number"] = "1"
        case _:
            data["schema"] = "puente.certificate/0"
    with pytest.raises(ValueError):
        Payload.from_json(data)


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (None, ""),
        (59.99, "50–59"),
        (60.0, "60–69"),
        (89.99, "80–89"),
        (90.0, "90–100"),
        (100.0, "90–100"),
        (0.0, "0–9"),
    ],
)
def test_a_score_is_told_as_a_band(percent: float | None, band: str) -> None:
    assert band_of(percent) == band


def test_holders_of_one_edition_share_a_press() -> None:
    assert (
        certificate_for("Ana Ruiz", number="PU-2026-000124", issued_on="2026-12-01").of_edition == INTEGRITY.of_edition
    )
    assert certificate_for("Ana Ruiz", hours=12.0).of_edition != INTEGRITY.of_edition
