"""Payloads and issuers for the tests of the pure rooms."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

from cryptography import x509

from certificates.payload import (
    SCHEMA,
    ApprovalGiven,
    CourseTaken,
    CurriculumNamed,
    EditionNamed,
    GoalServed,
    Holder,
    IssuingBody,
    Pair,
    Payload,
)
from certificates.signing.development import make_issuer
from certificates.signing.signer import FileSigner

NOW = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.UTC)

INTEGRITY = Payload(
    schema=SCHEMA,
    number="PU-2026-000123",
    code="7F3K92QM4XTB",
    verify_url="https://puente.example/v/7F3K92QM4XTB",
    holder=Holder("María de los Ángeles Güemes Ibáñez de la Peña y Núñez", "AGA-100001"),
    curriculum=CurriculumNamed("IN", "Integrity and Professional Conduct", "Integridad y conducta profesional"),
    edition=EditionNamed(1, "a" * 64),
    approvals=(ApprovalGiven("DHS", "2026-02-05"), ApprovalGiven("SHCP", "2026-02-12")),
    completed_on="2026-11-20",
    issued_on="2026-11-22",
    hours=36.0,
    modes_en="Self-paced 24 h, with an instructor 12 h",
    modes_es="A su ritmo 24 h, con docente 12 h",
    courses=(
        CourseTaken("IN-201", "Foundations of Customs Integrity", "Fundamentos de la integridad aduanera", 24.0),
        CourseTaken("IN-202", "Conflict of Interest", "Conflicto de interés", 12.0),
    ),
    outcomes=(
        Pair("Apply a decision test to dilemmas.", "Aplicar una prueba de decisión a los dilemas."),
        Pair("Declare a conflict of interest.", "Declarar conflictos de interés y rechazar obsequios."),
    ),
    goals=(
        GoalServed(1, "Enforcement cooperation", "Cooperación en materia de control", False),
        GoalServed(2, "Professionalism of personnel: integrity training", "Profesionalización del personal", True),
    ),
    bodies=(
        IssuingBody(
            participant="DHS",
            participant_en="Department of Homeland Security",
            participant_es="Departamento de Seguridad Nacional",
            agency_en="U.S. Customs and Border Protection",
            agency_es="Oficina de Aduanas y Protección Fronteriza",
            signatory="Patricia Edwards",
            post_en="Director of Training",
            post_es="Directora de Capacitación",
        ),
        IssuingBody(
            participant="SHCP",
            participant_en="Ministry of Finance and Public Credit",
            participant_es="Secretaría de Hacienda y Crédito Público",
            agency_en="General Customs Administration",
            agency_es="Administración General de Aduanas",
            signatory="Elizabeth Cabrera Ríos",
            post_en="General Administrator",
            post_es="Administradora General",
        ),
    ),
    place_en="Nuevo Laredo",
    place_es="Nuevo Laredo",
    score_percent=None,
    demonstration=False,
    score_band="90–100",
)


def certificate_for(name: str, **changes: Any) -> Payload:
    """The same certificate for somebody else."""
    return dataclasses.replace(INTEGRITY, holder=Holder(name, ""), **changes)


def new_issuer(folder: Path, name: str = "Test issuer", **dates: Any) -> tuple[FileSigner, x509.Certificate]:
    """A signer with a key of its own, and its root."""
    packed, root = make_issuer(name, now=dates.pop("now", NOW), **dates)
    path = folder / "issuer.p12"
    path.write_bytes(packed)
    return FileSigner.from_file(path), root
