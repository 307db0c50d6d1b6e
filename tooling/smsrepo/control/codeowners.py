"""CODEOWNERS: whom a forge asks to review which file. Made from owners, approval matrix and assignments."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from smsrepo.control.matrix import Needed
from smsrepo.control.policy import CODEOWNERS
from smsrepo.control.register import Register
from smsrepo.control.settings import Settings

_HEADER = (
    "# Written by sms codeowners from the owner of each document, the approval matrix in sms/control.yml and the\n"
    "# assignments. Do not edit. The forge only asks these people; what counts as an approval is in sms/control.yml.\n"
)
_KEEPER = "sms-manager"
# The last line that fits a file decides. So these follow the order in which control.policy.is_policy looks.
_POLICY = (
    "/schemas/", "/tooling/", "/sms/requirements/", "/.github/", "/.gitlab/", "/.gitea/", "/.forgejo/",
    "/.gitlab-ci.yml", "/mkdocs.yml", "/Makefile", "/sms/*.yml",
)  # fmt: skip
_NEVER_EXEMPT = ("/tooling/rules/", "/tooling/wheels/", "/tooling/requirements.txt")
_ANYWHERE = ".gitattributes"


class Owned(NamedTuple):
    """A document: where it lies, and what decides who is asked. `owner` is a role."""

    path: str
    owner: str
    type: str
    classification: str


def render(documents: Iterable[Owned], settings: Settings, on: date, forge: str = "github") -> str:
    """The file as it should be on a day: the owner and the approvers of each document, the approvers of policy.

    Everything else belongs to whoever runs the SMS. People are named by their account on the forge, those without
    one by their mail address, which GitHub accepts as well.
    """
    lines = [
        f"{pattern} {_people(roles, settings, on, forge)}".rstrip()
        for pattern, roles in _lines(documents, settings)
    ]
    return _HEADER + "".join(f"{line}\n" for line in lines)


def owned_in(register: Register) -> Iterator[Owned]:
    """The documents that stand in the tree at the end of a history, obsolete ones left out."""
    for lineage in register.lineages.values():
        version = lineage.current
        if version and not version.type.is_record and version.status != "obsolete":
            owner, classification = (
                str(version.fields.get(name, "")) for name in ("owner", "classification")
            )
            yield Owned(version.path, owner, version.type.name, classification)


def _lines(documents: Iterable[Owned], settings: Settings) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Patterns, each with the roles that are asked."""
    keeper, policy = (_KEEPER,), _approvers(settings.policy_row)
    yield "*", keeper
    for document in sorted(documents):
        row = settings.approval_row(document.type, document.classification)
        approvers = (*_approvers(row.needed), *_approvers(row.minor)) if row else ()
        yield _pattern(document.path), (document.owner, *approvers)
    for place in _POLICY:
        yield place, policy
    for path in settings.exempt_paths:
        yield _pattern(path), keeper
    for place in _NEVER_EXEMPT if settings.exempt_paths else ():
        yield place, policy
    yield _pattern(CODEOWNERS), keeper
    yield _ANYWHERE, policy


def _approvers(needed: Needed | None) -> tuple[str, ...]:
    return needed.approvers if needed else ()


def _pattern(path: str) -> str:
    return "/" + path.replace(" ", "\\ ")


def _people(roles: Iterable[str], settings: Settings, on: date, forge: str) -> str:
    people = (person for role in roles for person in settings.holders(role, on))
    return " ".join(
        dict.fromkeys(f"@{p.accounts[forge]}" if forge in p.accounts else p.email for p in people)
    )
