"""Numbers and codes, as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.codes import ALPHABET, new_code, number_of, shown_code, tidy_code, tidy_number


def test_codes_are_of_letters_that_are_not_mistaken() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 12 and set(code) <= set(ALPHABET) for code in codes)


@given(st.text(ALPHABET, min_size=12, max_size=12))
def test_a_code_is_known_however_it_was_typed(code: str) -> None:
    sloppy = shown_code(code).lower().replace("0", "o").replace("1", "l").replace("-", " – ")
    assert tidy_code(sloppy) == code


@given(st.text(max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    assert tidy_code(text) is None or len(str(tidy_code(text))) == 12
    assert tidy_number(text) is None or str(tidy_number(text)).startswith("PU-")


@pytest.mark.parametrize("typed", ["PU-2026-000123", "pu 2026 123", "PU2026–000123", " pu-2026-000123 "])
def test_a_number_is_known_however_it_was_typed(typed: str) -> None:
    assert tidy_number(typed) == number_of(123, 2026) == "PU-2026-000123"
