"""The settings that `sms init` writes from the answers."""

import re
import unicodedata
import uuid
from datetime import date

from smsrepo.pack.answers import Answers
from smsrepo.pack.yaml_text import dump

_HEADER = "# yaml-language-server: $schema=../schemas/common/{name}.schema.json\n"


def settings_files(answers: Answers, roles: list[str], today: date) -> dict[str, str]:
    """sms/sms.yml, people.yml and assignments.yml by path. `roles` are the ids to assign."""
    return {
        "sms/sms.yml": _HEADER.format(name="organisation") + _organisation(answers, today),
        "sms/people.yml": _HEADER.format(name="people") + dump({"people": _people(answers, today)}),
        "sms/assignments.yml": _HEADER.format(name="assignments") + _assignments(answers, roles, today),
    }


def person_id(name: str) -> str:
    """The id of a person: "Åsa Öberg" becomes asa-oberg."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")
    return found or f"person-{uuid.uuid5(uuid.NAMESPACE_DNS, name).hex[:6]}"


def _organisation(answers: Answers, today: date) -> str:
    organisation = {
        "organisation": {"name": answers.organisation, "short_name": answers.short_name},
        "repository": str(uuid.uuid4()),
        "standard": "ISO/IEC 20000-1:2011",
    }
    statement = (
        f"The service management system of {answers.organisation} that supports the delivery of {answers.services} "
        f"from {answers.location}, in accordance with the service catalogue."
    )
    scope = {
        "statement": statement,
        "organisational_unit": answers.organisation,
        "locations": [answers.location],
    }
    question = "# decide: Does the scope name the right units, services, places, customers and technology?\n"
    return dump(organisation) + question + dump({"scope": scope, "operating_since": today.isoformat()})


_OF_MANAGEMENT = ("top-management", "management-representative")
"""Roles that only a member of management can hold. So the owner writes, and management can approve."""

_OF_OTHERS = ("lead-auditor", "technical-staff")
"""Roles that the owner, who holds the others, must not hold as well."""


def person_ids(answers: Answers) -> tuple[str, str]:
    """The ids of head and owner; names that give the same id are told apart by a number."""
    head, owner = person_id(answers.head), person_id(answers.owner)
    return head, f"{owner}-2" if owner == head and answers.owner != answers.head else owner


def _people(answers: Answers, today: date) -> list[dict[str, object]]:
    head, owner = person_ids(answers)
    people = [
        (head, answers.head, answers.head_email, True),
        (owner, answers.owner, answers.owner_email, False),
    ]
    return [
        {
            "id": id_,
            "name": name,
            "email": email,
            "organisation": "internal",
            "management": management,
            "active_from": today.isoformat(),
        }
        for id_, name, email, management in (people if answers.owner != answers.head else people[:1])
    ]


def _assignments(answers: Answers, roles: list[str], today: date) -> str:
    head, owner = person_ids(answers)
    lines = [
        {
            "role": role,
            "person": head if role in _OF_MANAGEMENT else owner,
            "from": today.isoformat(),
            "appointed_by": head,
        }
        for role in roles
        if role not in _OF_OTHERS
    ]
    questions = (
        "# decide: Who holds each role? For now the head holds those of management, the owner of the SMS the others.\n"
        "# decide: Who audits? The lead auditor must not hold a role that is audited; a person from outside will do.\n"
        "# decide: Who are the technical staff? Whoever runs change or security management must not be among them.\n"
    )
    return questions + dump({"assignments": lines})
