"""What falls due: one list of everything, by day."""

from datetime import date
from pathlib import Path

import pytest
from support.memory import MemorySource, schemas, small_settings
from support.scenario import play

from smsrepo.control.due import due
from smsrepo.control.duty import Due
from smsrepo.control.register import Register
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource

ON = date(2026, 11, 20)
CLOSED = "INC-2026-0002"
BOTH_CLOSED = "bob edits INC-2026-0001 status=closed\nmerge\n"


def lines(found: list[Due]) -> list[str]:
    """A line for each: the day (with ! where it is overdue), kind, what it is about, what falls due, who sees to it."""
    return [
        f"{one.day}{'!' if one.overdue else ''} {one.kind} {one.id or 'SMS'}: {one.text}"
        + (f" [{one.role}]" if one.role else "")
        + (f" {' '.join(person.partition('-')[0] for person in one.persons)}" if one.persons else "")
        for one in found
    ]


def under_control(text: str, on: str, horizon: str, path: Path) -> list[str]:
    played, _ = play(text, path / "repo")
    register, repo = Register(played.replay()), load(WorktreeSource(played.repo.path))
    return lines(due(register, repo, date.fromisoformat(on), date.fromisoformat(horizon)))


POL_1 = "review POL-001: Review of the document [sms-manager] bob"
POL_2 = "review POL-002: Review of the document [sms-manager] bob"
READ = "acknowledgement SLA-001: Confirmation that revision 1.0 was read [service-owner] anna bob carol dora erik mallory"
GONE = "disposal sms/control.yml: End of the retention of"
DISPOSERS = "[management-representative] carol erik"
HOLD = "bob adds HLD-2026-0001 as legal-hold in sms/records/legal-holds/HLD-2026-0001-x.yml status=open"


@pytest.mark.parametrize(
    ("text", "on", "horizon", "expected"),
    [
        pytest.param("on 2026-02-01\nbob edits POL-001 effective_from=2025-12-15: Worse.\nmerge", "2026-02-02", "2026-02-28", [
            "2026-02-01! approval POL-001: Revision 1.0 was changed without a new revision: put it back, or issue a new one "
            "[sms-manager] bob",
        ], id="changed without a new revision"),
        pytest.param("on 2026-02-01\nbob issues POL-001 1.1 effective_from=2025-12-15: Late.\nmerge", "2026-02-01", "2026-02-28", [
            "2026-02-01 approval POL-001: Approval of revision 1.1: an approval as top-management (Anna Nowak or Erik Roth) "
            "is missing [top-management] anna erik",
        ], id="to apply from a day that had passed"),
        pytest.param("", "2026-01-10", "2027-01-04", [f"2027-01-02 {GONE} 1 record of class operation (2027) {DISPOSERS}"],
                     id="up to the horizon"),
        pytest.param("", "2027-01-06", "2027-01-06", [
            f"2027-01-02! {GONE} 1 record of class operation (2027) {DISPOSERS}",
            f"2027-01-05! {READ}", f"2027-01-05! {POL_1}", f"2027-01-05! {POL_2}",
        ], id="overdue whatever the horizon"),
        pytest.param(BOTH_CLOSED, "2027-01-03", "2027-01-31", [
            f"2027-01-02! {GONE} 2 records of class operation (2027) {DISPOSERS}",
            f"2027-01-05 {READ}", f"2027-01-05 {POL_1}", f"2027-01-05 {POL_2}",
        ], id="records together by class and year"),
        pytest.param(f'{BOTH_CLOSED}{HOLD} records=["{CLOSED}"]\nmerge', "2027-01-03", "2027-01-31", [
            f"2027-01-05 {READ}", f"2027-01-05 {POL_1}", f"2027-01-05 {POL_2}",
            f"2027-01-10 {GONE} 1 record of class operation (2027) {DISPOSERS}",
        ], id="held records stay"),
        pytest.param("bob issues POL-001 1.1: We serve well.\nmerge\non 2026-01-12\nanna approves sms/control.yml\nmerge",
                     "2026-01-12", "2026-02-01", [
            "2026-01-10! approval POL-001: Approval of revision 1.1: an approval as top-management (Anna Nowak or Erik Roth) "
            "is missing [top-management] anna erik",
        ], id="an approval waits since the revision entered"),
        pytest.param('bob issues POL-001 1.1: We serve well.\nanna rejects POL-001\nmerge',
                     "2026-01-12", "2026-02-01", [
            "2026-01-10! approval POL-001: Revision 1.1 must be mended: rejected by Anna Nowak on 2026-01-10: “” "
            "[sms-manager] bob",
        ], id="a rejection waits for the owner"),
        pytest.param("erik issues POL-001 1.1 effective_from=2026-02-01: We serve well.\nmerge", "2026-01-12", "2026-02-01", [
            "2026-02-01 approval POL-001: Approval of revision 1.1: an approval as top-management (Anna Nowak) "
            "is missing [top-management] anna",
        ], id="until the day on which it shall apply; nobody approves their own"),
        pytest.param("bob issues SLA-001 1.1: The desk answers at once.\ncarol approves SLA-001\nmerge", "2026-01-10", "2026-01-10", [
            "2026-01-10 approval SLA-001: Approval of revision 1.1: an approval as service-owner (Dora Elm) is missing "
            "[service-owner] dora",
        ], id="of two approvals one is there"),
        pytest.param("bob sets sms/control.yml intervals.measurement.every to P2M\nmerge", "2026-01-12", "2026-01-12", [
            "2026-01-10! approval sms/control.yml: Approval of the change: an approval as top-management (Anna Nowak or Erik "
            "Roth) is missing [top-management] anna erik",
        ], id="a change of the policy waits"),
        pytest.param("bob issues POL-001 1.1 effective_from=2026-03-01: We serve well.\nanna approves POL-001\n"
                     "bob withdraws POL-002 1.1 effective_from=2026-04-01\nmerge\nerik approves withdrawal of POL-002 as top-management\nmerge",
                     "2026-02-01", "2026-12-01", [
            "2026-03-01 start POL-001: Revision 1.1 applies [sms-manager] bob",
            "2026-04-01 start POL-002: Withdrawal takes effect [sms-manager] bob",
        ], id="what is approved and comes"),
        pytest.param("on 2026-06-01\nanna reviews POL-001\nmerge\nbob acknowledges SLA-001\nmerge", "2027-01-03", "2027-06-01", [
            f"2027-01-02! {GONE} 1 record of class operation (2027) {DISPOSERS}",
            f"2027-01-05 {READ.replace(' bob', '')}", f"2027-01-05 {POL_2}", f"2027-06-01 {POL_1}",
        ], id="reviewed, and read"),
    ],
)  # fmt: skip
def test_under_control(text: str, on: str, horizon: str, expected: list[str], tmp_path: Path) -> None:
    assert under_control(text, on, horizon, tmp_path) == expected


PERSON = "- {{ id: {0}-x, name: {0}, email: {0}@example.org, organisation: internal, management: false, active_from: 2025-01-01, keys: {1} }}\n"
KEY = "{{ key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{0}, from: 2025-01-01{1} }}"
MATERIAL = {letter: "Gq" + letter * 41 for letter in "abcdefgh"}
OLA = "id: OLA-00{0}\ntype: ola\ntitle: Agreement {0}\nrevision: '1.0'\nstatus: {1}\nowner: {2}\nvalidity: {{ from: 2026-01-01, to: {3} }}\n"


def key(letter: str, more: str = "") -> str:
    return KEY.format(MATERIAL[letter], more)


def people(*entries: tuple[str, str]) -> dict[str, str]:
    return {
        "sms/people.yml": "people:\n" + "".join(PERSON.format(name, f"[{keys}]") for name, keys in entries)
    }


def assignments(person: str) -> dict[str, str]:
    entry = f"{{ role: sms-manager, person: {person}, from: 2025-01-01, appointed_by: {person} }}"
    return {"sms/assignments.yml": f"assignments:\n- {entry}\n"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"slas/OLA-001-x.yml": OLA.format(1, "issued", "sms-manager", "2027-02-18"),
                      "slas/OLA-002-x.yml": OLA.format(2, "issued", "nobody", "2027-02-19"),
                      "slas/OLA-003-x.yml": OLA.format(3, "draft", "nobody", "2026-12-01"),
                      "slas/OLA-004-x.yml": OLA.format(4, "issued", "nobody", "soon"),
                      "slas/OLA-005-x.yml": OLA.format(5, "issued", "nobody", "2026-11-01")},
                     ["2026-11-01! end OLA-005: End of the agreement", "2027-02-18 end OLA-001: End of the agreement [sms-manager] anna"],
                     id="agreements are told as long before as is planned"),
        pytest.param(people(("ada", key("a", ", to: 2026-12-20")), ("ben", key("b", ", to: 2026-12-21")),
                            ("cyd", key("c", ", to: 2026-12-01") + ", " + key("d", ", to: 2027-12-01")),
                            ("dan", key("e", ", to: 2026-12-01") + ", " + key("f")), ("eva", key("g", ", to: 2026-11-19"))),
                     ["2026-12-20 key ada-x: End of the key of ada ada"], id="the last key of each person"),
        pytest.param(people(("eva", key("g", ", to: 2026-11-19"))) | assignments("eva-x"),
                     ["2026-11-19! key eva-x: End of the key of eva eva"], id="a key that has ended, of somebody with a role"),
        pytest.param({"sms/waivers.yml": "waivers:\n- { rule: broken-link, artefact: ACT-2026-0001, reason: Known., by: anna-x, "
                      "until: 2026-11-19 }\n- { rule: broken-link, artefact: ACT-2026-0002, reason: Known., by: anna-x, "
                      "until: 2026-12-02 }\n"},
                     ["2026-11-19! waiver ACT-2026-0001: End of the waiver of broken-link anna"], id="waivers"),
        pytest.param({"sms/records/actions/ACT-2026-0001-x.yml": "id: ACT-2026-0001\ntype: action\nstatus: open\nowner: "
                      "bob-berg\ndue: 2026-12-01\n",
                      "sms/records/actions/ACT-2026-0002-x.yml": "id: ACT-2026-0002\ntype: action\nstatus: verified\ndue: "
                      "2026-11-01\n"},
                     ["2026-12-01 record ACT-2026-0001: Action"], id="open records with a day"),
    ],
)  # fmt: skip
def test_from_the_files(files: dict[str, str], expected: list[str]) -> None:
    repo = load(MemorySource({**schemas(), **small_settings(), **files}))
    found = due(None, repo, ON, date(2026, 12, 1))
    assert [line for line in lines(found) if " planned " not in line] == expected


def test_reviews_follow_from_headers_before_control_began() -> None:
    policy = "---\nid: POL-00{0}\ntype: policy-service-management\ntitle: P\nrevision: '1.0'\nstatus: {1}\nowner: sms-manager\n"
    rest = "effective_from: {2}\nsummary_of_change: First.\nclassification: internal\naudience: [all-staff]\nimprovement_policy: POL-009\nreview_every: {3}\n---\n# P\n"
    files = {
        f"policies/POL-00{number}-p.md": (policy + rest).format(number, status, start, every)
        for number, status, start, every in [
            (1, "issued", "2025-11-21", "P12M"),
            (2, "issued", "2025-11-19", "P12M"),
            (3, "issued", "2026-10-01", "P12M"),
            (4, "draft", "2025-11-21", "P12M"),
        ]
    }
    repo = load(MemorySource({**schemas(), **small_settings(), **files}))
    found = [line for line in lines(due(None, repo, ON, date(2026, 12, 1))) if " review " in line]
    assert [line.partition(" [")[0] for line in found] == [
        "2026-11-19! review POL-002: Review of the document",
        "2026-11-21 review POL-001: Review of the document",
    ]


def test_planned_steps_come_with_who_owns_them() -> None:
    customer = "id: CUS-001\ntype: customer\ntitle: Shop\nrevision: '1.0'\nstatus: issued\nstage: active\nowner: sms-manager\neffective_from: 2026-01-01\n"
    repo = load(
        MemorySource({**schemas(), **small_settings(), "sms/registers/customers/CUS-001-shop.yml": customer})
    )
    found = lines(due(None, repo, ON, date.max))
    assert [line for line in found if "CUS-001" in line] == [
        "2027-01-01 planned CUS-001: Service review [sms-manager] anna",
        "2027-01-01 planned CUS-001: Survey result [sms-manager] anna",
    ]
    assert any(" planned SMS: Management review" in line for line in found)
