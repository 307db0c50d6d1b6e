"""Small matters of language."""

import pytest

from smsrepo.model.words import count, few


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
