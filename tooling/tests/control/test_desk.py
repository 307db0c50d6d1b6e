"""What awaits a person, and what is made of it: the desk over scenarios, without git or a terminal in between."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import small_sms
from support.scenario import Play, play

from smsrepo.check.merge import merged
from smsrepo.control.desk import Desk
from smsrepo.control.lineage import Act, standing
from smsrepo.control.policy import policy_of
from smsrepo.control.replay import Replay
from smsrepo.control.seen import Seen
from smsrepo.control.statement import MEANINGS, Statement, Subject
from smsrepo.errors import UserError
from smsrepo.model.history import Blob
from smsrepo.pack.begin import without_key
from smsrepo.pack.yaml_text import dump

ISSUED = "bob issues POL-001 1.1: We serve you well."
CONFIDENTIAL = "bob issues POL-002 2.0 classification=confidential: Secret."
WITHDRAWN = "bob withdraws POL-001 2.0"
POLICY = "bob sets sms/control.yml policy.persons to 2"
MINOR = "bob issues PRO-001 1.1 title=Papers"
DESK = "bob issues SLA-001 2.0: The desk answers by night."


def desk_of(played: Play, who: str, role: str = "") -> Desk:
    """The desk over the branch of the pull request; over main where there is none."""
    repo = played.repo
    merge = merged(repo.path, repo.git("rev-parse", "main"), repo.head(), played.now)
    replay = Replay(merge.history)
    for _ in replay.run():
        pass
    moment = replay.take(merge.step)
    return Desk(moment, moment.policy.settings.people[small_sms.person_id(who)], role)


@pytest.mark.parametrize(
    ("lines", "who", "waiting"),
    [
        ([ISSUED], "anna", ["approve POL-001 1.1 as top-management"]),
        ([ISSUED], "bob", []),
        ([ISSUED], "dora", []),
        ([ISSUED], "mallory", []),
        ([ISSUED.replace("bob", "anna")], "anna", []),
        ([ISSUED.replace("bob", "anna")], "erik", ["approve POL-001 1.1 as top-management"]),
        ([ISSUED, "erik approves POL-001"], "anna", []),
        (["bob drafts POL-001 1.1: We."], "anna", []),
        ([WITHDRAWN], "anna", ["withdraw POL-001 2.0 as top-management"]),
        ([POLICY], "anna", ["approve sms/control.yml as top-management"]),
        ([POLICY, "anna approves sms/control.yml"], "erik", []),
        ([POLICY, "merge"], "anna", ["approve sms/control.yml as top-management"]),
        ([CONFIDENTIAL], "erik", ["approve POL-002 2.0 as top-management, management-representative"]),
        ([CONFIDENTIAL, "erik approves POL-002"], "erik", ["approve POL-002 2.0 as management-representative"]),
        ([CONFIDENTIAL, "erik approves POL-002"], "anna", []),
        ([CONFIDENTIAL, "erik approves POL-002"], "carol", ["approve POL-002 2.0 as management-representative"]),
        ([CONFIDENTIAL, "erik approves POL-002", "erik approves POL-002 as management-representative"], "anna",
         ["approve POL-002 2.0 as top-management"]),
        ([MINOR], "carol", ["approve PRO-001 1.1 as management-representative"]),
        ([MINOR], "erik", ["approve PRO-001 1.1 as management-representative"]),
        ([MINOR], "anna", ["approve PRO-001 1.1 as top-management"]),
        ([DESK], "dora", ["approve SLA-001 2.0 as service-owner"]),
        ([DESK, "carol approves SLA-001"], "dora", ["approve SLA-001 2.0 as service-owner"]),
        ([ISSUED, "anna rejects POL-001"], "anna", ["approve POL-001 1.1 as top-management"]),
        ([ISSUED, "anna rejects POL-001", "erik approves POL-001"], "anna", ["approve POL-001 1.1 as top-management"]),
        ([ISSUED, CONFIDENTIAL], "anna",
         ["approve POL-001 1.1 as top-management", "approve POL-002 2.0 as top-management"]),
    ],
)  # fmt: skip
def test_what_waits(lines: list[str], who: str, waiting: list[str], tmp_path: Path) -> None:
    played, _ = play("\n".join(lines), tmp_path / "repo")
    found, _ = desk_of(played, who).waiting()
    assert [f"{m.action} {m.name} as {', '.join(m.roles)}" for m in found] == waiting


def test_one_statement_for_each_action_and_role(tmp_path: Path) -> None:
    played, _ = play("\n".join([ISSUED, CONFIDENTIAL, "bob withdraws PRO-001 2.0"]), tmp_path / "repo")
    desk = desk_of(played, "erik")
    now = datetime(2026, 1, 10, 12, 0, 0, 999, tzinfo=UTC)
    made = [
        (s.action, s.role, [one.name for one in s.subjects]) for s in desk.statements(desk.waiting()[0], now)
    ]
    assert made == [
        ("approve", "top-management", ["POL-001", "POL-002"]),
        ("approve", "management-representative", ["POL-002"]),
        ("withdraw", "top-management", ["PRO-001"]),
    ]


def test_what_lies_elsewhere_is_not_signed(tmp_path: Path) -> None:
    played, _ = play(ISSUED, tmp_path / "repo")
    desk = desk_of(played, "anna")
    tree, path = desk.replay.tree, "policies/POL-001-policy.md"
    for seen, words in [
        (Seen(tree, frozenset({path})), "not committed"),
        (Seen({**tree, path: Blob("100644", "0" * 40)}, frozenset()), "other bytes on the main branch"),
        (Seen({**tree, path: Blob("100755", tree[path].id)}, frozenset()), "other bytes on the main branch"),
        (Seen({}, frozenset()), "other bytes on the main branch"),
    ]:
        with pytest.raises(UserError, match=words):
            Desk(desk.moment, desk.person, seen=seen).approve("POL-001")
    assert Desk(desk.moment, desk.person, seen=Seen(tree, frozenset({"policies/other.md"}))).approve(
        "POL-001"
    )


def acted(person: str, action: str, role: str = "top-management", assurance: str = "signed") -> Act:
    now = datetime(2026, 1, 10, tzinfo=UTC)
    subject = Subject("document", "POL-001", "1.0", "sha256:0")
    said = Statement("", action, person, person, role, MEANINGS[action], now, assurance, (subject,))
    return Act(said, subject, "", "", now, "")


@pytest.mark.parametrize(
    ("acts", "stands"),
    [
        ([acted("a", "approve"), acted("b", "approve")], ["a approve", "b approve"]),
        ([acted("a", "approve"), acted("a", "approve", "other")], ["a approve", "a approve"]),
        ([acted("a", "approve"), acted("a", "approve")], ["a approve"]),
        ([acted("a", "approve"), acted("a", "approve", assurance="platform")], ["a approve", "a approve"]),
        ([acted("a", "approve"), acted("a", "reject", "other")], ["a reject"]),
        ([acted("a", "approve", "other"), acted("a", "reject"), acted("a", "approve")], ["a approve"]),
        ([acted("a", "reject"), acted("a", "acknowledge")], ["a reject"]),
        ([acted("a", "periodic-review"), acted("b", "revoke")], ["b revoke"]),
    ],
)
def test_what_stands_of_several_acts(acts: list[Act], stands: list[str]) -> None:
    assert [f"{act.person} {act.action}" for act in standing(acts)] == stands


def test_who_has_no_key(tmp_path: Path) -> None:
    files = {path: text.encode() for path, text in small_sms.files().items()}
    people = small_sms.people()
    del people["people"][0]["keys"]
    people["people"][2]["keys"][0]["to"] = "2026-01-09"
    held = [one for one in small_sms.assignments()["assignments"] if one["role"] != "service-owner"]
    files["sms/people.yml"], files["sms/assignments.yml"] = (
        dump(people).encode(),
        dump({"assignments": held}).encode(),
    )
    settings = policy_of(
        {p: c for p, c in files.items() if p.startswith(("schemas/", "sms/")) and p.count("/") < 3}
    ).settings
    on = datetime(2026, 1, 10, tzinfo=UTC).date()
    missing = {(role, holder.id if holder else "") for role, holder in without_key(settings, on)}
    assert missing == {("top-management", "anna-nowak"), ("management-representative", "carol-diaz")}
