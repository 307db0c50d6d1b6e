"""A small SMS under control from its first commit: what every scenario starts from.

Anna heads the organisation (top-management), Bob writes (sms-manager), Carol represents management, Dora owns a
service, Erik is a second member of top management from 2026 on, Mallory holds no role. Everybody has a key.
"""

import hashlib
from functools import cache
from typing import Any

from smsrepo.control.digest import Member, genesis_digest
from smsrepo.pack.yaml_text import dump
from support import gitrepo
from support.memory import ROOT
from support.signing import SigningKey

REPOSITORY = "11111111-2222-4333-8444-555555555555"
BEGAN = "2026-01-05T09:00:00Z"
PEOPLE = {
    "anna": "Anna Nowak",
    "bob": "Bob Berg",
    "carol": "Carol Diaz",
    "dora": "Dora Elm",
    "erik": "Erik Roth",
    "mallory": "Mallory Fox",
}
ROLES = {
    "anna": ("top-management",),
    "bob": ("sms-manager",),
    "carol": ("management-representative",),
    "dora": ("service-owner",),
    "erik": ("top-management", "management-representative"),
}
COLLECTOR = "forge-collector"
_TYPES = ("documents/policy-change", "documents/policy-service-management", "documents/procedure-document-control",
          "agreements/sla", "catalog/component", "registers/external-document", "records/incident", "records/change", "records/disposal",
          "records/legal-hold")  # fmt: skip


def person_id(first: str) -> str:
    return PEOPLE[first].lower().replace(" ", "-")


def mail(first: str) -> str:
    return f"{person_id(first).replace('-', '.')}@example.org"


def identity(first: str) -> str:
    """Also of somebody whom nobody in sms/people.yml is."""
    return (
        f"{PEOPLE[first]} <{mail(first)}>"
        if first in PEOPLE
        else f"{first.title()} <{first}@elsewhere.example>"
    )


def made_by(first: str, when: str) -> dict[str, str]:
    """The environment that makes git write this person and time."""
    return gitrepo.identity(identity(first), when)


@cache
def key(name: str) -> SigningKey:
    return SigningKey.new(f"scenario {name}")


def people() -> dict[str, Any]:
    return {
        "people": [
            {
                "id": person_id(first), "name": PEOPLE[first], "email": mail(first), "organisation": "internal",
                "management": first in ("anna", "carol", "erik"), "accounts": {"github": f"gh-{first}"},
                "keys": [{"key": key(first).public, "from": "2025-12-01"}], "active_from": "2025-12-01",
            }
            for first in PEOPLE
        ],
        "collectors": [
            {"id": COLLECTOR, "forge": "github", "keys": [{"key": key(COLLECTOR).public, "from": "2025-12-01"}]}
        ],
    }  # fmt: skip


def assignments() -> dict[str, Any]:
    held = [(role, first) for first, roles in ROLES.items() for role in roles]
    return {
        "assignments": [
            {
                "role": role,
                "person": person_id(first),
                "from": "2025-12-01",
                "appointed_by": person_id("anna"),
            }
            for role, first in held
        ]
    }


def control() -> dict[str, Any]:
    def row(
        types: list[str], approvers: list[str], persons: int, assurance: str, **more: Any
    ) -> dict[str, Any]:
        return {"types": types, "approvers": approvers, "persons": persons, "assurance": assurance, **more}

    names = (
        "management_review", "internal_audit", "service_review", "supplier_review", "emergency_change_review",
        "change_review", "document_announcement", "document_acknowledgement", "contract_end_notice", "measurement",
    )  # fmt: skip
    spans = {**dict.fromkeys(names, "P12M"), "document_review_grace": "P30D", "key_end_notice": "P30D"}
    intervals = {name: {"every": span, "why": "For the scenario."} for name, span in spans.items()}
    minor = {
        "approvers": ["management-representative"],
        "persons": 1,
        "assurance": "signed",
        "changed_share": 20,
    }
    kept = {"protection": "Kept safe.", "disposal": "Removed.", "basis": "The scenario."}
    return {
        "intervals": intervals,
        "reviews": {"policy-change": "P12M", "policy-service-management": "P12M"},
        "approvals": [
            row(["policy-change", "policy-service-management"], ["top-management"], 1, "signed"),
            row(["policy-change"], ["top-management", "management-representative"], 2, "signed",
                classifications=["confidential"]),
            row(["procedure-document-control"], ["top-management"], 1, "signed", minor=minor),
            row(["sla"], ["management-representative", "service-owner"], 2, "platform", acknowledge=True),
            row(["external-document"], ["management-representative"], 1, "platform"),
        ],
        "policy": {"approvers": ["top-management"], "persons": 1, "assurance": "signed"},
        "retention": [
            {"types": ["incident", "change", "legal-hold", "disposal"], "class": "operation", "period": "P1Y",
             "trigger": "closed", "disposal_approvers": ["management-representative"], **kept},
        ],
    }  # fmt: skip


def document(id_: str, type_: str, title: str, text: str, **fields: Any) -> str:
    header = {
        "id": id_, "type": type_, "title": title, "revision": "1.0", "status": "issued", "owner": "sms-manager",
        "summary_of_change": "First issue.", "classification": "internal", **fields,
    }  # fmt: skip
    return f"---\n{dump(header)}---\n# {title}\n\n{text}\n"


def files() -> dict[str, str]:
    """Everything but sms/genesis.yml, by path."""
    words = " ".join(f"word{n}" for n in range(60))
    found = {
        f"schemas/{name}.schema.json": (ROOT / f"schemas/{name}.schema.json").read_text() for name in _TYPES
    }
    found |= {
        str(path.relative_to(ROOT)): path.read_text()
        for path in sorted((ROOT / "schemas/common").glob("*.json"))
    }
    base = ROOT / "tooling/tests/rules/base/sms"
    found |= {f"sms/{name}.yml": (base / f"{name}.yml").read_text() for name in ("roles", "waivers")}
    organisation = (base / "sms.yml").read_text()
    found["sms/sms.yml"] = "".join(
        f"repository: {REPOSITORY}\n" if line.startswith("repository:") else line
        for line in organisation.splitlines(keepends=True)
    )
    found["sms/people.yml"], found["sms/assignments.yml"] = dump(people()), dump(assignments())
    found["sms/control.yml"] = dump(control())
    found["policies/POL-001-policy.md"] = document(
        "POL-001", "policy-service-management", "Policy", "We serve."
    )
    found["policies/POL-002-changes.md"] = document(
        "POL-002", "policy-change", "Changes", "We change with care."
    )
    found["sms/procedures/PRO-001-documents.md"] = document(
        "PRO-001", "procedure-document-control", "Documents", words
    )
    found["slas/SLA-001-desk.yml"] = dump(
        {"id": "SLA-001", "type": "sla", "title": "Desk", "revision": "1.0", "status": "issued",
         "owner": "service-owner", "summary_of_change": "First issue.", "description": "The desk answers.",
         "audience": ["all-staff"]}
    )  # fmt: skip
    incident = {
        "type": "incident",
        "title": "Mail down",
        "recorded_on": "2026-01-02",
        "recorded_by": person_id("bob"),
    }
    found["sms/records/incidents/INC-2026-0001-mail.yml"] = dump(
        {"id": "INC-2026-0001", **incident, "status": "open"}
    )
    found["sms/records/incidents/INC-2026-0002-mail.yml"] = dump(
        {"id": "INC-2026-0002", **incident, "status": "closed"}
    )
    found[".gitattributes"] = "* text=auto eol=lf\n"
    return found


def genesis(contents: dict[str, str]) -> str:
    """sms/genesis.yml for some files."""
    members = [
        Member("100644", path, len(text.encode()), hashlib.sha256(text.encode()).hexdigest())
        for path, text in contents.items()
        if not path.startswith(".")
    ]
    return dump(
        {"schema": "sms-genesis/1", "digest": genesis_digest(members), "began_on": BEGAN[:10], "by": person_id("anna"),
         "statement": "Taken over as it stood."}
    )  # fmt: skip
