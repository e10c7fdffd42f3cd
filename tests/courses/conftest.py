"""The school that these tests need."""

from __future__ import annotations

import pytest

from tests.school import School, build


@pytest.fixture
def school(db: None) -> School:
    return build()
