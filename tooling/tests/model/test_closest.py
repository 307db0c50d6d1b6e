"""What somebody may have meant."""

import pytest

from smsrepo.model.closest import did_you_mean

NAMES = ["policy-change", "policy-release", "management-review", "change", "INC-2026-0001", "INC-2026-0002"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("polcy", "Did you mean one of these: policy-change, policy-release?"),
        ("policy", "Did you mean one of these: policy-change, policy-release?"),
        ("policy-chang", "Did you mean `policy-change`?"),
        ("managment", "Did you mean `management-review`?"),
        ("chnge", "Did you mean `change`?"),
        ("INC-2026-001", "Did you mean `INC-2026-0001`?"),
        ("2026", "Nothing."),
        ("foo", "Nothing."),
    ],
)
def test_a_similar_name_or_part_is_named(wrong: str, said: str) -> None:
    assert did_you_mean(wrong, NAMES, "Nothing.") == said
