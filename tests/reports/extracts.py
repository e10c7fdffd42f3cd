"""Invented extracts for tests of figures and of the printed report: consistent with themselves, the same for a seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reports.metrics.frame import day_number
from reports.snapshots.schema import CREDENTIALS, LANGUAGES, NONE, TABLE, TABLES, Meta, Snapshot

FIRST, LAST = "2026-01-01", "2026-06-30"
VALID, REVOKED = CREDENTIALS.index("valid"), CREDENTIALS.index("revoked")
ENGLISH, SPANISH = LANGUAGES.index("en"), LANGUAGES.index("es")
Rows = list[tuple[Any, ...]]

AGENCIES = (
    ("CBP", "U.S. Customs and Border Protection", "Oficina de Aduanas y Protección Fronteriza", 0),
    ("ICE", "U.S. Immigration and Customs Enforcement", "Servicio de Inmigración y Control de Aduanas", 0),
    ("SAT", "Tax Administration Service", "Servicio de Administración Tributaria", 1),
    ("AGA", "General Customs Administration", "Administración General de Aduanas", 1),
)
COURSES = (
    ("CO-101", "Customs mission, law and cooperation", "Misión, marco jurídico y cooperación", 16.0, (1, 3, 4)),
    ("CO-105", "Cargo examination and scanner safety", "Reconocimiento y seguridad radiológica", 12.5, (5, 6)),
    ("IN-201", "Foundations of customs integrity", "Fundamentos de la integridad aduanera", 8.0, (2,)),
    ("IN-202", "Conflict of interest and gifts", "Conflicto de interés y obsequios", 6.0, (2, 7)),
)
GOALS = (
    ("Enforcement cooperation and joint security", "Control y seguridad conjunta"),
    ("Professionalism: integrity training", "Profesionalización: capacitación en integridad"),
    ("Implementation of the Framework of Standards", "Aplicación del Marco Normativo"),
    ("Trade compliance and facilitation", "Cumplimiento y facilitación comercial"),
    ("Trade partnerships and supply chain security", "Alianzas y seguridad de la cadena de suministro"),
    ("Efficiency at the shared border", "Eficiencia en la frontera compartida"),
    ("Technology and data against fraud", "Tecnología y datos contra el fraude"),
)


@dataclass
class Maker:
    """What an extract is to be like."""

    seed: int = 7
    enrollments: int = 1500
    offices: int = 30
    cohorts: int = 3
    courses: int = 4
    goals: int = 7
    demonstration: bool = True
    anybody_completes: bool = True
    office_name: str = "Customs house {n}"
    rows: dict[str, Rows] = field(default_factory=lambda: {table.name: [] for table in TABLES})

    def snapshot(self) -> Snapshot:
        """The extract."""
        self.random = np.random.default_rng(self.seed)
        self._frame()
        self._officers()
        meta = Meta(
            "ESC-20260101-20260630-1", FIRST, LAST, f"{LAST}T23:59:59+00:00", "2009-12-07", "puente 0.1.0", "UTC", 5,
            self.demonstration,
        )  # fmt: skip
        return Snapshot(meta, {table.name: TABLE[table.name].filled(self.rows[table.name]) for table in TABLES})

    def _frame(self) -> None:
        r = self.rows
        r["participants"] = [
            ("DHS", "Department of Homeland Security", "Departamento de Seguridad Nacional"),
            ("SHCP", "Ministry of Finance and Public Credit", "Secretaría de Hacienda y Crédito Público"),
        ]
        r["agencies"] = list(AGENCIES)
        for n in range(self.offices):
            name = self.office_name.format(n=n + 1)
            r["offices"].append((f"O{n + 1:03}", name, name.replace("Customs house", "Aduana"), n % len(AGENCIES)))
        for n in range(self.goals):
            r["goals"].append(("declaration-2009", n + 1, *GOALS[n % len(GOALS)]))
        r["curricula"] = [
            ("CO", "Customs Officer", "Oficial de aduanas"),
            ("IN", "Integrity and Professional Conduct", "Integridad y conducta profesional"),
        ]
        for n in range(self.courses):
            code, en, es, hours, goals = COURSES[n % len(COURSES)]
            code = code if n < len(COURSES) else f"{code[:3]}{300 + n}"
            r["courses"].append((code, en, es, hours, f"{n:064x}"))
            r["course_goals"] += [(n, goal - 1, int(goal == goals[0])) for goal in goals if goal <= self.goals]
            r["quizzes"].append((f"{code}-Q", f"Quiz {code}", f"Evaluación {code}", n, 80.0))
        for n in range(self.cohorts):
            opens = day_number("2026-01-12") + 14 * (n % 6)
            r["cohorts"].append(
                (f"cohort-{n + 1}", f"Cohort {n + 1}", f"Grupo {n + 1}", n % 2, 1, opens, opens + 120 + 30 * (n % 3),
                 0 if n % 5 == 2 else 40 + self.enrollments // (n + 2))
            )  # fmt: skip

    def _officers(self) -> None:
        r, required = self.rows, Counter[tuple[int, int]]()
        persons = 0
        done_before: list[int] = []
        seen: set[tuple[int, int]] = set()
        shares = self.random.dirichlet(np.full(self.offices, 1.2))
        for _ in range(self.enrollments if self.cohorts else 0):
            cohort = int(self.random.choice(self.cohorts, p=_shares(self.cohorts)))
            person = persons
            if done_before and self.random.random() < 0.12:
                person = int(self.random.choice(done_before))
            curriculum = r["cohorts"][cohort][3]
            if (person, curriculum) in seen:
                person = persons
            persons += person == persons
            seen.add((person, curriculum))
            office = int(self.random.choice(self.offices, p=shares))
            required[curriculum, office] += 1
            self._officer(person, cohort, office)
            done_before.append(person)
        r["requirements"] = [(c, office, n, 0) for (c, office), n in sorted(required.items())]

    def _officer(self, person: int, cohort: int, office: int) -> None:
        """One enrollment with its records and attempts."""
        r, chance = self.rows, self.random
        *_, curriculum, _, opens, closes, _ = r["cohorts"][cohort]
        last, agency = day_number(LAST), office % len(AGENCIES)
        state = chance.choice(["done", "late", "going", "idle", "gone"], p=[0.72, 0.03, 0.12, 0.08, 0.05])
        if not self.anybody_completes and state in {"done", "late"}:
            state = "going"
        took = int(chance.gamma(9, 7)) + 12
        day = opens + took if state == "done" else closes + 3 + took % 20
        completed = day if state in {"done", "late"} and day <= last else NONE
        withdrawn = min(last, opens + took // 2) if state == "gone" else NONE
        credential = 0 if completed == NONE else (REVOKED if chance.random() < 0.01 else VALID)
        language = SPANISH if AGENCIES[agency][3] else ENGLISH
        enrollment = len(r["enrollments"])
        r["enrollments"].append(
            (person, cohort, AGENCIES[agency][3], agency, office, language, opens - 5 + person % 3, completed,
             withdrawn, credential)
        )  # fmt: skip
        for course in range(curriculum, self.courses, 2):
            finished = completed - int(chance.integers(0, 9)) if completed != NONE else NONE
            started = NONE if state == "idle" else opens + took // 3
            both = chance.random() < 0.06
            lessons = 0 if started == NONE else 3
            english = (1 if both else lessons) if language == ENGLISH else (min(1, lessons) if both else 0)
            record = len(r["records"])
            r["records"].append(
                (enrollment, course, started, finished, float(finished != NONE), english, lessons - english)
            )
            if finished != NONE:
                first = int(chance.random() < 0.6 + 0.08 * (course % 4))
                r["attempts"].append((record, course, 1, 90.0 if first else 55.0, first, language, finished - 1))
                if not first:
                    r["attempts"].append((record, course, 2, 85.0, 1, language, finished))


def _shares(n: int) -> list[float]:
    weights = [1 / (i + 1) for i in range(n)]
    return [weight / sum(weights) for weight in weights]


def extract(**wishes: Any) -> Snapshot:
    """An extract; see `Maker`."""
    return Maker(**wishes).snapshot()
