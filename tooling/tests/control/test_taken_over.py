"""What was taken over when control began, and signed for since."""

from datetime import date
from pathlib import Path

import pytest
from support.scenario import play

from smsrepo.control.register import Register
from smsrepo.export import register_table

ALONE = "carol approves SLA-001\nmerge\n"
LESS = """on 2026-01-12
bob sets sms/control.yml approvals[3].approvers to [management-representative]
bob sets sms/control.yml approvals[3].persons to 1
anna approves sms/control.yml
merge
"""


@pytest.mark.parametrize(
    ("text", "on", "approved_by"),
    [
        pytest.param("", "2026-01-10", "taken over", id="nobody signed for it"),
        pytest.param(ALONE, "2026-01-10", "taken over", id="one of two"),
        pytest.param(ALONE + "dora approves SLA-001\nmerge\n", "2026-01-10", "Carol", id="both"),
        pytest.param(ALONE + LESS, "2026-01-12", "Carol", id="one, and the matrix asks for one by now"),
        pytest.param(ALONE + LESS, "2026-01-11", "taken over", id="as it stood on the day before"),
    ],
)
def test_who_approved_it(text: str, on: str, approved_by: str, tmp_path: Path) -> None:
    day = date.fromisoformat(on)
    register = Register(play(text, tmp_path / "repo")[0].replay())
    entries = register_table.entries(register, day, everything=False)
    (entry,) = [one for one in entries if one.standing.id == "SLA-001"]
    (row,) = [line for line in register_table.as_csv([entry]).splitlines() if line.startswith("SLA-001")]
    assert approved_by in row
    assert entry.taken_over == (approved_by == "taken over")
