"""Whether a text judges what happened on a day."""

from datetime import date

import pytest
from support.memory import MemorySource, schemas, small_settings

from smsrepo.control.lifecycle import applies_on
from smsrepo.load.snapshot import load
from smsrepo.model.repo import Repo

DAY = date(2026, 3, 1)
CASES = {
    "a first edition of unknown day": ('revision: "1.4"', True),
    "no revision named": ("status: issued", True),
    "a later edition of unknown day": ('revision: "2.0"', False),
    "from that day": ('revision: "2.0"\neffective_from: "2026-03-01"', True),
    "from the day after": ('revision: "1.0"\neffective_from: "2026-03-02"', False),
}


def repo_of(**files: str) -> Repo:
    return load(MemorySource({**schemas(), **small_settings(), **files}))


@pytest.mark.parametrize(("fields", "expected"), CASES.values(), ids=CASES)
def test_applies_on(fields: str, expected: bool) -> None:
    path = "slas/SLA-001-desk.yml"
    repo = repo_of(**{path: f"id: SLA-001\ntype: sla\n{fields}\n"})
    assert applies_on(repo.by_path[path], DAY) is expected


def test_linked_by_a_field_leaves_out_other_mentions() -> None:
    folder = "sms/records/major-incident-reviews"
    repo = repo_of(
        **{
            "sms/records/incidents/INC-2026-0001-mail.yml": "id: INC-2026-0001\ntype: incident\n",
            f"{folder}/MIR-2026-0001-mail.yml": (
                "id: MIR-2026-0001\ntype: major-incident-review\nincident: INC-2026-0001\n"
            ),
            f"{folder}/MIR-2026-0002-desk.yml": (
                "id: MIR-2026-0002\ntype: major-incident-review\nincident: INC-2026-0002\nlinks: [INC-2026-0001]\n"
            ),
        }
    )
    incident = repo.by_id["INC-2026-0001"]
    assert [one.id for one in repo.linked(incident, "major-incident-review", by="incident")] == [
        "MIR-2026-0001"
    ]
    assert len(repo.linked(incident, "major-incident-review")) == 2
