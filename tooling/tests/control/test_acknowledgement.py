"""Who must confirm having read a document, who has, who is late."""

from datetime import date
from pathlib import Path

import pytest
from support import small_sms
from support.scenario import play

from smsrepo.control.acknowledgement import acknowledgements, audience
from smsrepo.control.register import Register
from smsrepo.control.settings import Settings
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource

SHORT = """bob sets sms/control.yml intervals.document_acknowledgement.every to P14D
anna approves sms/control.yml
merge
"""
ISSUE = """bob issues SLA-001 1.1: The desk answers at once.
carol approves SLA-001
dora approves SLA-001
merge
"""
STAFF = ["anna", "bob", "carol", "dora", "erik", "mallory"]


def registered(text: str, path: Path) -> Register:
    return Register(play(text, path / "repo")[0].replay())


@pytest.mark.parametrize(
    ("text", "on", "given", "owed"),
    [
        pytest.param("", "2026-01-10", [], dict.fromkeys(STAFF, "2027-01-05"), id="taken over: from the beginning"),
        pytest.param(SHORT + ISSUE, "2026-01-10", [], dict.fromkeys(STAFF, "2026-01-24"), id="a new revision"),
        pytest.param(
            f"{SHORT}mallory acknowledges SLA-001\nmerge\n{ISSUE}on 2026-01-12\nbob acknowledges SLA-001\n"
            "carol acknowledges SLA-001\nmerge",
            "2026-01-12", ["bob", "carol"], dict.fromkeys(["anna", "dora", "erik", "mallory"], "2026-01-24"),
            id="of that revision, not of the one before",
        ),
        pytest.param(
            f"{SHORT}{ISSUE}on 2026-01-12\nbob acknowledges SLA-001\nmerge", "2026-01-11",
            [], dict.fromkeys(STAFF, "2026-01-24"), id="as it stood on a day before",
        ),
        pytest.param(
            f"{SHORT}{ISSUE}bob sets sms/people.yml people[mallory-fox].active_to to \"2026-01-15\"\n"
            "bob sets sms/people.yml people[dora-elm].active_from to \"2026-01-20\"\nanna approves sms/people.yml\nmerge",
            "2026-01-20", [],
            dict.fromkeys(["anna", "bob", "carol", "erik"], "2026-01-24") | {"dora": "2026-02-03"},
            id="who left owes nothing, who came later has the full time",
        ),
        pytest.param(
            SHORT + ISSUE.replace("1.1:", '1.1 audience=["service-owner","customers"]:'), "2026-01-10",
            [], {"dora": "2026-01-24"}, id="the audience of the revision",
        ),
        pytest.param(
            SHORT + ISSUE.replace("1.1:", "1.1 effective_from=2026-02-01:"), "2026-02-01",
            [], dict.fromkeys(STAFF, "2026-02-15"), id="from the day it applies",
        ),
    ],
)  # fmt: skip
def test_acknowledgements(text: str, on: str, given: list[str], owed: dict[str, str], tmp_path: Path) -> None:
    register, day = registered(text, tmp_path), date.fromisoformat(on)
    found = acknowledgements(register, register.lineages["SLA-001"], day)
    assert found is not None
    assert sorted(found.given) == [small_sms.person_id(first) for first in given]
    assert {one.person: str(one.due) for one in found.owed} == {
        small_sms.person_id(first): last for first, last in owed.items()
    }
    assert [one.late(date(2026, 1, 24)) for one in found.owed] == [False] * len(owed)
    assert all(one.late(date(2028, 1, 1)) for one in found.owed)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        pytest.param("", "POL-001", id="the matrix asks nobody"),
        pytest.param(
            "bob withdraws SLA-001 1.1\ncarol approves withdrawal of SLA-001\ndora approves withdrawal of SLA-001\nmerge",
            "SLA-001", id="withdrawn",
        ),
    ],
)  # fmt: skip
def test_nobody_needs_to(text: str, id_: str, tmp_path: Path) -> None:
    register = registered(text, tmp_path)
    assert acknowledgements(register, register.lineages[id_], date(2026, 1, 10)) is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["all-staff"], STAFF[:-1]),
        (["management"], ["anna", "carol", "erik"]),
        (["service-owner", "top-management"], ["anna", "dora", "erik"]),
        (["customers", "suppliers", "internal-groups", "auditors"], []),
        (None, []),
        ("all-staff", []),
    ],
)
def test_audience(names: object, expected: list[str], tmp_path: Path) -> None:
    played, _ = play(
        "mallory sets sms/people.yml people[mallory-fox].organisation to external\nmerge", tmp_path / "repo"
    )
    settings = Settings(load(WorktreeSource(played.repo.path)))
    assert [p.id for p in audience(names, settings, date(2026, 1, 10))] == [
        small_sms.person_id(p) for p in expected
    ]
