"""What the story of the demonstration does not tell of enters its history by itself."""

from datetime import date

import pytest

from smsrepo.pack import filing
from smsrepo.pack.story import Chapter

ASSIGNMENTS = [
    {"role": "sms-manager", "person": "tom", "from": "2025-01-01"},
    {"role": "improvement-manager", "person": "ann", "from": "2025-01-01"},
    {"role": "representative", "person": "tom", "from": "2025-01-01"},
    {"role": "owner", "person": "hanna", "from": "2025-01-01", "to": "2026-06-30"},
    {"role": "owner", "person": "erik", "from": "2026-07-01"},
]
MATRIX = [
    {"types": ["plan"], "approvers": ["representative"], "assurance": "signed"},
    {"types": ["risk"], "approvers": ["representative"], "assurance": "platform"},
]
PRACTICE = filing.Practice(date(2026, 11, 20), date(2026, 9, 1), ASSIGNMENTS, MATRIX)
PLAN = '---\nid: PLN-001\ntype: plan\nowner: {owner}\nrevision: "1.0"\n---\n# Plan\n\nFrom {day}.\n'
RISK = 'id: RSK-001\ntype: risk\nowner: owner\nrevision: "1.0"\nseen: "{day}"\n'
RECORD = 'id: TST-2026-0001\ntype: test\nrecorded_by: erik\nrecorded_on: "2026-02-10"\nclosed_on: "{day}"\n'


def chapters(path: str, text: str) -> list[Chapter]:
    return list(filing.filing({path: text.encode()}, PRACTICE))


@pytest.mark.parametrize(
    ("path", "text", "when", "by"),
    [
        ("plans/PLN-001-plan.md", PLAN.format(owner="owner", day="2026-01-01"), "2026-09-01 09:00", "erik"),
        ("plans/PLN-001-plan.md", PLAN.format(owner="owner", day="2026-10-03"), "2026-10-03 09:00", "erik"),
        ("plans/PLN-001-plan.md", PLAN.format(owner="owner", day="2027-10-03"), "2026-09-01 09:00", "erik"),
        ("plans/PLN-001-plan.md", PLAN.format(owner="sms-manager", day="2026-01-01"), "2026-09-01 09:00", "ann"),
        ("sms/registers/risks/RSK-001-a.yml", RISK.format(day="2026-01-01"), "2026-09-01 09:00", "erik"),
        ("sms/records/tests/TST-2026-0001-a.yml", RECORD.format(day="2026-02-28"), "2026-02-28 15:30", "tom"),
        ("sms/records/tests/TST-2026-0001-a.yml", RECORD.format(day="2026-04-02"), "2026-04-30 15:30", "tom"),
        ("sms/records/tests/TST-2026-0001-a.yml", RECORD.format(day="2026-11-02"), "2026-11-20 15:30", "tom"),
    ],
)  # fmt: skip
def test_when_and_by_whom(path: str, text: str, when: str, by: str) -> None:
    (chapter,) = chapters(path, text)
    assert (f"{chapter.on:%Y-%m-%d %H:%M}", chapter.by, chapter.brings) == (when, by, (path,))


def test_documents_are_approved_by_their_row() -> None:
    (signed,) = chapters("plans/PLN-001-plan.md", PLAN.format(owner="owner", day="2026-01-01"))
    assert [(act.person, act.action, act.subjects) for act in signed.signed] == [
        ("tom", "approve", ("PLN-001",))
    ]
    assert signed.reviewed == ()
    (reviewed,) = chapters("sms/registers/risks/RSK-001-a.yml", RISK.format(day="2026-01-01"))
    assert (reviewed.signed, [act.role for act in reviewed.reviewed]) == ((), ["representative"])


def test_who_made_a_record_is_named() -> None:
    (chapter,) = chapters("sms/records/tests/TST-2026-0001-a.yml", RECORD.format(day="2026-02-28"))
    assert (chapter.co_authors, chapter.signed, chapter.reviewed) == (("erik",), (), ())


def test_settings_and_named_files_are_left_to_the_story() -> None:
    files = {
        "sms/roles.yml": b"roles: []\n",
        "plans/PLN-001-plan.md": PLAN.encode(),
        "plans/PLN-002-plan.md": PLAN.encode(),
        "sms/records/tests/TST-2026-0001-a.yml": RECORD.encode(),
    }
    left = filing.unnamed(files, {"plans/PLN-001-plan.md"})
    assert set(left) == {"plans/PLN-002-plan.md", "sms/records/tests/TST-2026-0001-a.yml"}


def test_a_role_that_nobody_holds_is_named() -> None:
    with pytest.raises(ValueError, match="nobody holds the role auditor on 2026-02-10"):
        PRACTICE.holder("auditor", date(2026, 2, 10))
