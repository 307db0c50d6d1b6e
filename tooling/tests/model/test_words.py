"""Small matters of language."""

import pytest

from smsrepo.model.words import count, few, in_figures


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors"), (1234, "1,234 errors")]
)
def test_numbers_agree_with_their_noun(number: int, said: str) -> None:
    assert count(number, "error") == said


@pytest.mark.parametrize(
    ("names", "said"),
    [("", ""), ("A", "A"), ("ABCDE", "A, B, C, D, E"), ("ABCDEF", "A, B, C and 3 more")],
)
def test_of_many_names_the_first_are_told(names: str, said: str) -> None:
    assert few(list(names)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (99.99946, "99.99946"),
        (43800.25, "43,800.25"),
        (1234567, "1,234,567"),
        (100.0, "100"),
        (0.1, "0.1"),
        (-4.50, "-4.5"),
        (1e-07, "0.0000001"),
        (2e16, "20,000,000,000,000,000"),
        (0, "0"),
        (True, "True"),
        ("all", "all"),
    ],
)
def test_figures_are_not_rounded(value: object, said: str) -> None:
    assert in_figures(value) == said
