"""What is exported as a roster and imported again changes nothing, whatever people are called."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from curricula.models import Enrollment
from curricula.roster.columns import folded
from curricula.services.enrollments import enroll
from curricula.services.roster_plans import plan_roster
from people.models import Agency, Office, User
from people.roles import Role
from people.spreadsheets import armed, disarmed
from tests.school import School

# What a name may be made of in a workbook and in a text: no controls, no halves of characters, no Unicode rubbish.
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufffd\ufffe\uffff\u2028\u2029\x85"
)
AWKWARD = st.sampled_from(
    ["=1+1", "'=x", "''=x", "@SUM", "-", "+52", "O'Higgins", "Ñandú", '"', "a;b", "a,b", "a\tb", "Núñez  Ávila", " x ",
     "|", "Peña", "null", "1.0", "007", "ﬁ", "İ", "ß", "TRUE", "1e5", "2026-01-01", "‑", "〈", "\u200b=x"]
)  # fmt: skip
NAMES = st.one_of(AWKWARD, st.text(LETTERS, min_size=1, max_size=20)).filter(lambda text: text.strip() and text.split())


@given(st.one_of(AWKWARD, st.text(max_size=20)))
@example("'=x")
def test_a_text_that_was_disarmed_is_given_back(text: str) -> None:
    assert armed(disarmed(text)) == text


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "es"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(NAMES, NAMES, st.one_of(st.just(""), NAMES), NAMES, NAMES), min_size=1, max_size=6))
def test_export_and_import_change_nothing(
    school: School, tmp_path: Path, file_format: str, language: str, rows: list[tuple[str, ...]]
) -> None:
    with transaction.atomic():
        _round(school, tmp_path / "roster", file_format, language, rows)
        transaction.set_rollback(True)


def _round(school: School, path: Path, file_format: str, language: str, rows: list[tuple[str, ...]]) -> None:
    agency = Agency.objects.get(code="AGA")
    offices: dict[str, Office] = {}
    people = []
    for number, (names, first, second, position, office) in enumerate(rows):
        key = folded(office)
        if key not in offices:
            both = {"name_en": office, "name_es": f"{office} {number}"}
            offices[key] = Office.objects.create(agency=agency, code=f"o{number}", **both)
        people.append(
            User.objects.create_user(
                f"p{number}@aduanas.example", given_names=names, surname_1=first, surname_2=second, position=position,
                officer_number=f"=N-{number}", participant=agency.participant, agency=agency, office=offices[key],
                preferred_language=("en", "es")[number % 2],
            )
        )  # fmt: skip
    enroll(people=people, cohort=school.cohort, by=None)
    call_command("export_cohort", "cohort-1", format=file_format, content=["roster"], output=path, language=language,
                 stdout=StringIO())  # fmt: skip
    plan = plan_roster(cohort=school.cohort, data=path.read_bytes(), by=None)
    said = (plan.errors, plan.new, plan.changed, plan.missing, plan.to_enroll, plan.new_offices)
    assert said == ([], [], {}, [], 0, []) and len(plan.unchanged) == len(rows)


def test_the_roster_of_a_page_is_imported_on_that_page(school: School) -> None:
    from .test_rosters import upload

    for surname in ("=cmd", "'=cmd", "Núñez"):
        school.trainee("SHCP", surname_1=surname)
    school.trainee("DHS")
    gone: Any = school.trainee("SHCP")[1]
    Enrollment.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=gone.enrolled_at)
    manager = school.client(school.person("SHCP", Role.MANAGER))
    data = manager.get("/en/manage/cohorts/cohort-1/export/roster.csv").getvalue()
    assert len(data.decode().splitlines()) == 4
    assert "The cohort is up to date with this roster" in upload(manager, data)
