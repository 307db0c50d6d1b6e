"""What `sms init` needs to know, and what it writes from it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from smsrepo.errors import UserError


@dataclass(frozen=True, slots=True)
class Answers:
    """The few things that only the organisation knows. The defaults are what --defaults takes."""

    organisation: str = "Example Organisation"
    short_name: str = "Example"
    services: str = "managed IT services"
    location: str = "its office"
    owner: str = "Sam Owner"
    owner_email: str = "sam.owner@example.org"
    head: str = "Pat Director"
    head_email: str = "pat.director@example.org"


QUESTIONS: Mapping[str, str] = {
    "organisation": "Name of the organisation",
    "short_name": "Short name, for page titles",
    "services": "Which services does the SMS cover (a few words)",
    "location": "From where are they delivered (town, country)",
    "owner": "Who runs the SMS day by day (full name)",
    "owner_email": "Mail address of whoever runs the SMS",
    "head": "Who heads the organisation and approves its policies (full name)",
    "head_email": "Mail address of whoever heads the organisation",
}


def from_mapping(data: object, source: str) -> Answers:
    """Answers from a file's data; raises UserError for unknown, missing or empty ones."""
    known = [field.name for field in fields(Answers)]
    if not isinstance(data, dict):
        raise UserError(
            f"{source} holds no answers", f"Write one `name: value` per line: {', '.join(known)}."
        )
    unknown = [name for name in data if name not in known]
    if unknown:
        raise UserError(
            f"{source}: `{unknown[0]}` is not one of the answers", f"The answers are {', '.join(known)}."
        )
    missing = [name for name in known if name not in data]
    if missing:
        raise UserError(f"{source}: `{missing[0]}` is missing", f"{QUESTIONS[missing[0]]}?")
    for name, value in data.items():
        problem = problem_with(name, value)
        if problem:
            raise UserError(f"{source}: `{name}` {problem}", f"{QUESTIONS[name]}?")
    return Answers(**data)


def problem_with(name: str, value: object) -> str:
    """Why an answer cannot be taken; empty when it can."""
    if not isinstance(value, str) or not value.strip():
        return "needs some text"
    if any(ord(character) < 32 for character in value) or len(value) > 120:
        return "must be one line of at most 120 characters"
    refused = '<>"`{}|\\' + ("," if name in ("owner", "head") else "")
    if found := next((character for character in value if character in refused), ""):
        return f"must not hold {found}"
    if name.endswith("_email") and ("@" not in value or any(c in value for c in " <>,\"'")):
        return "must be a mail address"
    return ""


def as_mapping(answers: Answers) -> dict[str, Any]:
    """The answers as plain data."""
    return asdict(answers)
