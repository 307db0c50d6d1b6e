"""sms new: a valid artefact of every type, the next free id, and clear words for what is missing."""

import json
from pathlib import Path

import pytest
from support.cli import sms

from smsrepo.check.catalogue import built_in
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.pack.contents import pack_root
from smsrepo.pack.draft import as_draft

TYPES = load(WorktreeSource(pack_root())).types

# What a person would be asked, for every type that asks more than the fields below.
SETS: dict[str, list[str]] = {
    "action": ["kind=corrective", "owner=erik-dahl", "source=NCR-2026-0001"],
    "audit-report": ["auditors=daniel-roth", "auditees=erik-dahl"],
    "change": ["kind=component", "category=normal", "requester=erik-dahl", "services=SVC-001", "components=CI-001", "major_impact=false"],
    "change-review": ["change=CHG-2026-0001", "reviewer=tomas-berg", "effectiveness=effective"],
    "component": ["component_type=software", "version=2.1 LTS", "location=Bergen"],
    "customer": ["relationship_manager=relationship-manager"],
    "disposal": [
        f"records=[{{record: INC-2019-0001, type: incident, digest: 'sha256:{'0' * 64}', due: '2026-01-01'}}]",
    ],
    "external-document": ["issuer=ISO/IEC", "edition=2011", "kept_at=Standards folder"],
    "incident": [
        "reported_at=2026-11-20T08:00:00Z", "reported_by=Monitoring", "service=SVC-001", "customer=CUS-001", "category=software", "impact=low", "urgency=low",
        "priority=4", "major=false", "security=false",
    ],
    "internal-group": ["contact=Duty engineer", "reports_to=Operations"],
    "legal-hold": ["ordered_by=ingrid-solheim", "types=incident"],
    "management-review": ["chair=ingrid-solheim", "attendees=ingrid-solheim,tomas-berg"],
    "measurement": ["agreement=SLA-001", "target=availability-workplace", "period=2026-11", "actual=99.9", "met=yes"],
    "nonconformity": [
        "requirement=9.2-s6", "responsible=change-manager", "source=AUR-2026-0001", "severity=minor", "priority=low",
        "area=Change", "communicated_to=change-manager",
    ],
    "ola": ["group=IGR-001", "services=SVC-001", "components=CI-006"],
    "plan-service-management": ["policies=POL-001"],
    "service": ["customers=CUS-001", "components=CI-001", "availability_target=99"],
    "service-review": ["customer=CUS-001", "services=SVC-001", "agreements=SLA-001", "attendees_provider=tomas-berg"],
    "sla": ["services=SVC-001", "customers=CUS-001"],
    "supplier": ["responsible=supplier-manager", "role=direct"],
    "supplier-contract": ["components=CI-011", "responsible=supplier-manager"],
    "supplier-review": ["attendees=sofia-lindgren", "actions=ACT-2026-0001", "causes=A late part", "contract_still_fits=true"],
}  # fmt: skip
GENERIC = ("files", "documents", "references", "settings")


def arguments(type_name: str) -> list[str]:
    type_ = TYPES[type_name]
    given = {"title": "A new one", "owner": "sms-manager", "recorded_by": "tomas-berg"}
    if type_.suffix == ".md":
        given["classification"] = "internal"
    sets = [f"{name}={value}" for name, value in given.items() if any(f.name == name for f in type_.fields)]
    sets = [
        s for s in sets if s.partition("=")[0] not in {x.partition("=")[0] for x in SETS.get(type_name, [])}
    ]
    return [part for setting in [*sets, *SETS.get(type_name, [])] for part in ("--set", setting)]


@pytest.mark.parametrize("type_name", sorted(TYPES))
def test_every_type_can_be_made(example: Path, type_name: str) -> None:
    type_ = TYPES[type_name]
    before = {a.id for a in load(WorktreeSource(example)).artefacts}
    if type_.required and type_.required.how == "one":
        for artefact in load(WorktreeSource(example)).by_type[type_name]:
            file = example / artefact.path
            file.write_text(file.read_text().replace("status: issued", "status: obsolete"))
    ran = sms("new", type_name, *arguments(type_name), cwd=example)
    assert ran.code == 0, ran.err
    repo = load(WorktreeSource(example))
    (made,) = [a for a in repo.artefacts if a.id not in before]
    assert made.fits
    assert made.type.name == type_name
    assert made.path.startswith(f"{type_.folder}/{made.id}-a-new-one")
    found = json.loads(sms("check", made.path, "--format", "json", cwd=example).out)["findings"]
    generic = [f for f in found if built_in()[f["rule"]].module.split(".")[2] in GENERIC]
    assert [
        f
        for f in generic
        if (f["rule"], made.closed) not in (("open-decision", True), ("placeholder-left", True))
    ] == []


def test_the_next_free_id(example: Path) -> None:
    policies = example / "policies"
    (policies / "POL-011-broken.md").write_text("nothing")
    own = policies / "POL-002-change-management-policy.md"
    own.write_text(own.read_text().replace("status: issued", "status: obsolete"))
    ran = sms(
        "new",
        "policy-change",
        "--set",
        "title=Ünïcode & more!",
        "--set",
        "owner=sms-manager",
        "--set",
        "classification=public",
        cwd=example,
    )
    assert ran.out.startswith("Made policies/POL-012-ünïcode-more.md"), ran.err


def test_what_is_missing_is_told_at_once(example: Path) -> None:
    ran = sms("new", "change", "--set", "title=Swap it", cwd=example)
    assert ran.code == 2
    assert (
        "not given for the new request for change: `recorded_by`, `requester`, `kind`, `category`, `major_impact`"
        in ran.err
    )
    assert "--set requester=ingrid-solheim|" in ran.err
    assert not list((example / "sms/records/changes").glob("*swap*"))


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        (["nothing=1"], "`nothing` cannot be set"),
        (["id=CHG-2026-0999"], "`id` cannot be set"),
        (["title"], "is not of the form FIELD=VALUE"),
        (["requester=nobody@home"], "`requester` must be the id of a person"),
        (["services=SVC-404"], "there is no `SVC-404`"),
        (["services=CUS-001"], "`CUS-001` is a customer"),
        (["services=none: all of them are gone", "kind=nothing"], "`kind` must be `new-service`"),
        (["major_impact=[1"], "`major_impact`: a list or map in brackets"),
    ],
)
def test_wrong_values(example: Path, settings: list[str], part: str) -> None:
    sets = [a for s in settings for a in ("--set", s)]
    ran = sms("new", "change", *arguments("change"), *sets, cwd=example)
    assert ran.code == 2
    assert part in ran.err


def test_nested_values_and_lists(example: Path) -> None:
    ran = sms("new", "sla", *arguments("sla"), "--set", "validity.from=2027-01-01", cwd=example)
    assert ran.code == 0, ran.err
    made = load(WorktreeSource(example)).find("SLA-004")
    assert made is not None
    assert made.data["validity"]["from"] == "2027-01-01"
    assert made.ids("customers") == ("CUS-001",)


def test_answers_are_judged_one_by_one(example: Path) -> None:
    answers = [
        "A flickering lamp",
        "",
        "tomas-berg",
        "yesterday",
        "2026-11-20T08:00:00Z",
        "Reception",
        "SVC-404",
        "SVC-001",
    ]
    typed = "\n".join(answers)
    ran = sms("new", "incident", cwd=example, typed=typed + "\n")
    assert "What happened, in one line." in ran.err
    assert "`reported_at` must be a date and time with time zone" in ran.err
    assert "there is no `SVC-404`" in ran.err or "'SVC-404' is not one of" in ran.err
    assert ran.code == 130  # the answers end before the questions do; nothing is half-written
    assert not list((example / "sms/records/incidents").glob("*lamp*"))


def test_what_has_to_be_made_first(draft: Path) -> None:
    ran = sms("new", "service", "--set", "title=Hosting", "--set", "owner=service-owner", cwd=draft)
    assert (ran.code, "Make one first: sms new customer" in ran.err) == (2, True), ran.err


def test_questions_answered_well(example: Path) -> None:
    own = example / "policies/POL-002-change-management-policy.md"
    own.write_text(own.read_text().replace("status: issued", "status: obsolete"))
    typed = "Label printer policy\nsms-manager\n\ninternal\nsoftware, hardware\n"
    ran = sms("new", "policy-change", cwd=example, typed=typed)
    assert ran.code == 0, ran.err
    assert "sms todo POL-005" in ran.out


def test_unknown_type_and_list(example: Path) -> None:
    assert "Did you mean `incident`?" in sms("new", "incidnt", cwd=example).err
    listed = sms("new", cwd=example).out
    assert all(name in listed for name in TYPES)


def test_a_draft_keeps_everything_else_to_the_letter() -> None:
    text = """---
id: POL-001
# a comment
revision: "2.3"
status: issued
effective_from: "2026-01-01"
summary_of_change: >-
  Two
  lines.
change: CHG-2026-0001
owner: sms-manager
---
# Title

We decide. <!-- decided: Really? -->
"""
    assert (
        as_draft(text, "First.")
        == """---
id: POL-001
# a comment
revision: "0.1"
status: draft
summary_of_change: First.
owner: sms-manager
---
# Title

We decide. <!-- decide: Really? -->
"""
    )


def test_where_one_is_enough_no_second_is_made(example: Path) -> None:
    ran = sms("new", "policy-change", *arguments("policy-change"), cwd=example)
    assert (ran.code, "there is a change management policy already: POL-002" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "settings", [["revision=3.0"], ["status=issued"], ["validity=x", "validity.from=2026-01-01"]]
)
def test_what_cannot_be_set_is_told(example: Path, settings: list[str]) -> None:
    ran = sms("new", "sla", *arguments("sla"), *(a for s in settings for a in ("--set", s)), cwd=example)
    assert ran.code == 2
    assert not list((example / "slas").glob("SLA-004*"))


@pytest.mark.parametrize(("title", "name"), [("///", "CUS-003.yml"), ("Cafe\u0301", "CUS-003-café.yml")])
def test_odd_titles(example: Path, title: str, name: str) -> None:
    ran = sms(
        "new",
        "customer",
        "--set",
        f"title={title}",
        "--set",
        "owner=sms-manager",
        "--set",
        "relationship_manager=relationship-manager",
        cwd=example,
    )
    assert ran.code == 0, ran.err
    assert (example / "sms/registers/customers" / name).exists()
    assert sms("check", "sms/registers", cwd=example).code == 0
