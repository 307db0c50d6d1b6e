"""A key is added to sms/people.yml; every other byte stays."""

from datetime import date

import pytest

from smsrepo.errors import UserError
from smsrepo.pack.people_file import with_key

DAY = date(2026, 1, 10)
NEW = ["- key: ssh-ed25519 AAAANEW=", '  from: "2026-01-10"']
FLOW = '{key: ssh-ed25519 AAAANEW=, from: "2026-01-10"}'


def added(indent: int, *, first: bool = False) -> str:
    lines = ["keys:", *NEW] if first else NEW
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "# People\npeople:\n- id: anna\n  name: Anna\n  management: true # yes\n@FIRST2@  # since then\n  active_from: x\n- id: bob\n  management: false\n",
        "people:\n- id: bob\n  management: false\n- id: anna\n  management: true\n  accounts:\n    github: anna # hers\n@FIRST2@  # active\n  active_from: x\n# end\n",
        "people:\n  - id: anna\n    management: true\n    accounts: {github: anna, gitlab: anna}\n@FIRST4@",
        "people:\n- id: anna\n  management: true\n  keys:\n  - key: ssh-ed25519 AAAAOLD=\n    from: \"2025-01-01\" # first\n@NEXT2@  # lost?\n  active_from: x\n",
        "people:\n- id: anna\n  management: true\n  keys:\n    - from: \"2025-01-01\"\n      key: ssh-ed25519 AAAAOLD=\n@NEXT4@- id: bob\n  management: true\n",
        "people:\n- id: anna\n  keys:\n  - {key: ssh-ed25519 AAAAOLD=, from: \"2025-01-01\"}\n@NEXT2@  management: true\n",
        "people:\n- id: anna\n  keys: [{key: ssh-ed25519 AAAAOLD=, from: \"2025-01-01\"}, @FLOW@] # short\n  management: true\n",
        "people:\n- {id: bob, management: true}\n- {id: anna, name: Änna, management: true, keys: [@FLOW@]}\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_key_is_added(text: str, end: str) -> None:
    before, after = text, text
    for mark, new in {
        "@FIRST2@": added(2, first=True), "@FIRST4@": added(4, first=True), "@NEXT2@": added(2), "@NEXT4@": added(4),
    }.items():  # fmt: skip
        before, after = before.replace(mark, ""), after.replace(mark, new)
    before = before.replace(", @FLOW@", "").replace(", keys: [@FLOW@]", "")
    after = after.replace("@FLOW@", FLOW)
    raw = before.replace("\n", end).encode()
    assert with_key(raw, "anna", "ssh-ed25519 AAAANEW=", DAY).decode() == after.replace("\n", end)


def test_a_last_line_without_an_end_gets_one() -> None:
    edited = with_key(b"people:\n- id: anna\n  management: true", "anna", "ssh-ed25519 AAAANEW=", DAY)
    assert edited.decode() == "people:\n- id: anna\n  management: true\n" + added(2, first=True)


def test_nobody_of_that_name() -> None:
    with pytest.raises(UserError, match="nobody called carol"):
        with_key(b"people:\n- id: anna\n  management: true\n", "carol", "ssh-ed25519 AAAANEW=", DAY)
