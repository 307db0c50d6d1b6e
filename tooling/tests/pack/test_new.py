"""sms new: a valid artefact of every type, the next free id, and clear words for what is missing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from support.cli import sms

from smsrepo.check import engine
from smsrepo.check.catalogue import built_in
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.pack.contents import pack_root
from smsrepo.pack.draft import as_draft

INVENTORY = load(WorktreeSource(pack_root()))
TYPES = INVENTORY.types

# What a person would be asked, for every type that asks more than the fields below.
SETS: dict[str, list[str]] = {
    "acceptance-criteria": ["subject=PLN-010", "decides=service-owner"],
    "access-grant": ["kind=grant", "party=CUS-001", "requested_by=relationship-manager", "approved_by=mira-kovac"],
    "action": ["kind=corrective", "owner=erik-dahl", "source=NCR-2026-0001"],
    "asset": ["asset_number=HL-0815", "kind=hardware", "location=Bergen"],
    "audit-plan": ["cycle_year=1", "auditors=daniel-roth", "roles_audited=change-manager"],
    "audit-report": ["auditors=daniel-roth", "auditees=erik-dahl"],
    "audit-programme": [
        "cycle=[{year: 1, clauses: ['9.2'], processes: [PRC-013], places: Offices}]",
        "frequency=[{area: Changes, every: P12M, why: Weighty}, {area: Reports, every: P24M, why: Quiet}]",
    ],
    "availability-measurement": [
        "service=SVC-001", "period=2026-11", "measurement=MEA-2026-0001", "service_minutes=15000", "announced_minutes=0", "downtime_minutes=15",
        "availability_percent=99.9", "target_percent=99.5", "met=true",
    ],
    "backup-check": ["kept_at=Second site", "original_at=Data-centre room", "checked_by=erik-dahl", "usable=true"],
    "baseline": ["occasion=before-deployment", "release=REL-2026-0001", "taken_at=2026-11-20T08:00:00Z", "location=Monitoring server"],
    "budget": ["currency=EUR", "total=1000", "approved_by=ingrid-solheim"],
    "capability-evaluation": ["party=SUP-001", "plan=PLN-010", "evaluator=tomas-berg", "verdict=fit"],
    "capacity-measurement": ["period=2026-11", "reported_to=sms-manager"],
    "capacity-requirement": ["service=SVC-001", "rests_on=RQM-001"],
    "change": ["kind=component", "category=normal", "requester=erik-dahl", "services=SVC-001", "components=CI-001", "major_impact=false"],
    "change-review": ["change=CHG-2026-0001", "reviewer=tomas-berg", "effectiveness=effective"],
    "communication": ["sender=sms-manager", "channel=E-mail"],
    "competence-record": ["kind=training", "topic=Service requests", "for_roles=technical-staff", "provider=Our own staff", "attended=1"],
    "complaint": ["customer=CUS-001", "services=SVC-001", "received_through=Telephone", "made_by=The warehouse manager"],
    "compliment": ["customer=CUS-001", "services=SVC-001", "received_through=Telephone", "made_by=The warehouse manager"],
    "component": ["component_type=software", "version=2.1 LTS", "location=Bergen"],
    "component-type": ["component_type=hardware", "control_level=each-item"],
    "configuration-audit": ["trigger=random", "auditors=daniel-roth", "components=CI-001"],
    "continuity-invocation": ["plan_revision=1.0", "extent=whole", "invoked_at=2026-11-20T08:00:00Z", "invoked_by=ingrid-solheim"],
    "continuity-requirement": ["service=SVC-001", "service_requirements=RQM-001", "agreements=SLA-001", "risks=RSK-001"],
    "control-review": [
        "reviewers=mira-kovac", "controls=ISC-001", "verdicts=[{control: ISC-001, check: Doors tried, found: Locked, effective: true}]",
    ],
    "cost-report": ["period=2026-11", "budget=BUD-001"],
    "customer": ["relationship_manager=relationship-manager"],
    "decision": ["kind=risk", "decided_by=ingrid-solheim", "role=top-management"],
    "definition": ["term=major-incident", "decided_by=top-management", "used_in=PRC-010"],
    "deployment": ["release=REL-2026-0001", "environment=pilot", "sites=Bergen", "started_at=2026-11-20T08:00:00Z", "operator=erik-dahl"],
    "design-review": ["change=CHG-2025-0001", "plan=PLN-010", "reviewers=tomas-berg,erik-dahl", "decision=accepted"],
    "disposal": [
        f"records=[{{record: INC-2019-0001, type: incident, digest: 'sha256:{'0' * 64}', due: '2026-01-01'}}]",
    ],
    "dispute": ["clause=Remote hands", "raised_by=provider"],
    "external-access": ["organisation=SUP-001", "requested_by=supplier-manager", "controls=ISC-001"],
    "external-document": ["issuer=ISO/IEC", "edition=2011", "kept_at=Standards folder"],
    "improvement": ["origin=staff", "proposed_by=Service desk", "owner=erik-dahl"],
    "incident": [
        "reported_at=2026-11-20T08:00:00Z", "reported_by=Monitoring", "service=SVC-001", "customer=CUS-001", "category=software", "impact=low", "urgency=low",
        "priority=4", "major=false", "security=false",
    ],
    "information-asset": [
        "kind=personal-data", "accountable=service-owner", "confidentiality=low", "integrity=low", "accessibility=low", "criticality=low",
        "information_class=confidential",
    ],
    "interested-party": ["kind=supplier", "contact=supplier-manager"],
    "internal-group": ["contact=Duty engineer", "reports_to=Operations"],
    "knowledge-article": ["services=SVC-001", "expert=technical-staff", "verified_by=erik-dahl"],
    "known-error": ["source=supplier", "services=SVC-001", "components=CI-001", "verified_by=erik-dahl"],
    "legal-hold": ["ordered_by=ingrid-solheim", "types=incident"],
    "library": ["medium=Disk", "location=Bergen"],
    "licence": ["product=Monitoring", "licensor=A vendor", "metric=Host", "entitlement=10", "in_use=8", "components=CI-012"],
    "major-incident-review": ["incident=INC-2026-0001", "participants=erik-dahl"],
    "management-review": ["chair=ingrid-solheim", "attendees=ingrid-solheim,tomas-berg"],
    "measure": ["subject=PRC-001", "unit=days"],
    "measurement": ["agreement=SLA-001", "target=availability-workplace", "period=2026-11", "actual=99.9", "met=yes"],
    "meeting": ["kind=internal-group", "with=IGR-001", "chair=tomas-berg", "attendees=tomas-berg,erik-dahl"],
    "nonconformity": [
        "requirement=9.2-s6", "responsible=change-manager", "source=AUR-2026-0001", "severity=minor", "priority=low",
        "area=Change", "communicated_to=change-manager",
    ],
    "objective": ["domain=sms", "measure=KPI-001", "contributors=sms-manager"],
    "obligation": ["kind=law", "source=EXT-002", "services=SVC-001"],
    "ola": ["group=IGR-001", "services=SVC-001", "components=CI-006"],
    "other-party-process": ["party=SUP-001", "party_kind=supplier", "agreement=CON-001"],
    "plan-new-or-changed-service": ["change=CHG-2025-0001", "service=SVC-002", "requirements=RQM-019", "acceptance_criteria=SAC-001"],
    "plan-release": ["release_name=portal 2026-12", "changes=CHG-2026-0001"],
    "plan-service-management": ["policies=POL-001", "processes=PRC-001", "process_plans=PLN-005"],
    "plan-service-continuity": ["invoked_by=top-management", "deputy=management-representative"],
    "plan-service-removal": ["change=CHG-2025-0001", "service=SVC-004"],
    "plan-test": ["topic=continuity", "plan=PLN-003", "plan_revision=1.0", "trigger=planned", "requirements=CAR-001", "led_by=tomas-berg"],
    "problem": ["source=trend", "services=SVC-001", "category=software", "impact=low", "urgency=low", "priority=4"],
    "procedure-complaints": ["definition=DEF-001", "contact=relationship-manager"],
    "procedure-service-operation": ["service=SVC-001", "components=CI-001"],
    "release": ["kind=minor", "series=portal", "name=portal 2026-12", "changes=CHG-2026-0001", "components=CI-001"],
    "release-review": ["release=REL-2026-0001", "reviewer=tomas-berg", "incident_count=0", "success=successful", "reported_to=change-manager"],
    "report-description": ["frequency=month", "per=agreement", "prepared_by=service-level-manager"],
    "risk": ["domain=sms", "likelihood=2", "impact=2", "rating=4", "treatment=accept"],
    "risk-assessment": ["domain=services", "occasion=planned", "services=SVC-001", "assessors=tomas-berg"],
    "security-control": ["family=physical"],
    "security-incident-analysis": ["number=0"],
    "service": ["customers=CUS-001", "components=CI-001", "availability_target=99"],
    "service-design": ["plan=PLN-010", "change=CHG-2025-0001", "service=SVC-002", "components=CI-003"],
    "service-outcome": ["change=CHG-2025-0001", "plan=PLN-010", "service=SVC-002"],
    "service-report": ["description=RPD-001", "period=2026-11"],
    "service-request": [
        "requested_at=2026-11-20T08:00:00Z", "requested_by=Reception", "kind=access", "service=SVC-001", "customer=CUS-001", "impact=low", "urgency=low",
        "priority=4",
    ],
    "service-requirement": ["service=SVC-001", "source=customer", "kind=function", "priority=must"],
    "service-review": ["customer=CUS-001", "services=SVC-001", "agreements=SLA-001", "attendees_provider=tomas-berg"],
    "sla": ["services=SVC-001", "customers=CUS-001"],
    "supplier": ["responsible=supplier-manager", "role=direct"],
    "supplier-contract": ["supplier=SUP-001", "components=CI-011", "responsible=supplier-manager"],
    "supplier-review": ["supplier=SUP-001", "contract=CON-001", "attendees=sofia-lindgren", "actions=ACT-2026-0001", "causes=A late part", "contract_still_fits=true"],
    "survey-design": ["share_asked=50", "enough_asked=5", "answers_wanted=20", "max_minutes=5", "target=4", "low_below=3", "swing=1"],
    "survey-result": ["design=SVD-001", "customers=CUS-001"],
    "test-record": ["subject=PLN-010", "kind=load", "executed_by=erik-dahl", "result=passed"],
    "trend-analysis": ["subject=incidents", "told_to=sms-manager"],
}  # fmt: skip
PROCESS = [
    "inputs=[{what: Requests, from: customers}]", "outputs=[{what: Answers, to: customers}]", "measures=KPI-001",
    "operated_by=self",
]  # fmt: skip
SETS |= {name: PROCESS for name in TYPES if name.startswith("process-")}
LEVELS = ("high", "medium", "low")
CELLS = [f"{{impact: {impact}, urgency: {urgency}, priority: 4}}" for impact in LEVELS for urgency in LEVELS]
SETS["priority-matrix"] = [f"cells=[{', '.join(CELLS)}]"]
TERMS = [f"{{term: Word {number}, definition: What it means.}}" for number in range(10)]
SETS["glossary"] = [f"terms=[{', '.join(TERMS)}]"]
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


@pytest.fixture(scope="module")
def workshop(pristine_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One repository for all types; a test leaves it as it was."""
    return Path(shutil.copytree(pristine_example, tmp_path_factory.mktemp("new") / "workshop"))


@contextmanager
def retired(root: Path, type_name: str) -> Iterator[None]:
    """Where one is enough, those that are there make room for as long as this lasts."""
    type_ = TYPES[type_name]
    rows = INVENTORY.by_type.get(type_name, ()) if type_.required and type_.required.how == "one" else ()
    texts = {root / artefact.path: artefact.text for artefact in rows}
    for file, text in texts.items():
        file.write_text(text.replace("status: issued", "status: obsolete"))
    yield
    for file, text in texts.items():
        file.write_text(text)


@pytest.mark.parametrize("type_name", sorted(TYPES))
def test_every_type_can_be_made(workshop: Path, type_name: str) -> None:
    type_ = TYPES[type_name]
    with retired(workshop, type_name):
        ran = sms("new", type_name, *arguments(type_name), cwd=workshop)
        assert ran.code == 0, ran.err
        repo = load(WorktreeSource(workshop))
    (made,) = [a for a in repo.artefacts if a.id not in INVENTORY.by_id]
    (workshop / made.path).unlink()
    assert made.fits
    assert made.type.name == type_name
    assert made.path.startswith(f"{type_.folder}/{made.id}-a-new-one")
    rules = [rule for rule in built_in().values() if rule.module.split(".")[2] in GENERIC]
    found = [f for f in engine.run(repo, rules, date(2026, 11, 22)).findings if f.path == made.path]
    expected = {"open-decision", "placeholder-left"} if made.closed else set()
    assert [f for f in found if f.rule not in expected] == []


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
    assert "sms todo POL-008" in ran.out


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


def test_a_guessed_day_is_an_open_decision(example: Path) -> None:
    """Today is true for the day on which a record is made. Every other day somebody must confirm."""
    told = sms("new", "complaint", "--set", "title=Late answer", "--set", "recorded_by=jonas-weber",
               *(option for text in SETS["complaint"] for option in ("--set", text)), cwd=example)  # fmt: skip
    assert told.code == 0, told.err
    lines = next(example.glob("sms/records/complaints/*late-answer.yml")).read_text().splitlines()
    before = {line.partition(":")[0]: above for above, line in pairwise(lines)}
    assert before["due"].startswith("# decide: ")
    assert not before["recorded_on"].startswith("#")


def test_what_is_asked_for_shows_its_form(example: Path) -> None:
    told = sms("new", "incident", cwd=example).err
    for shown in ("reported_at=2026-11-2", "T09:30:00Z", "major=yes|no", "priority=1–4", "title=…",
                  "category=hardware|software|network|access|data|security|supplier|other "):  # fmt: skip
        assert shown in told
