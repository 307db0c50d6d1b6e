"""An id, an address, an account or a key stands for one person."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from smsrepo.control.settings import PEOPLE, ROLES
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


class _Mark(NamedTuple):
    """What tells one entry from all others: `same` is equal where two would be taken for each other."""

    what: str
    same: object
    shown: str
    holder: str
    pointer: str


@rule("person-registered-twice", severity=ERROR, requirements=["4.1.3-a"], reads=["people", "roles"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Two entries have the same id, e-mail address, account or key, so nobody can tell who acted."""
    for path, marks in ((PEOPLE, _people), (ROLES, _roles)):
        found = repo.settings.get(path)
        first: dict[tuple[str, object], _Mark] = {}
        for mark in marks(found.data) if found and found.fits else ():
            other = first.setdefault((mark.what, mark.same), mark)
            if other is not mark:
                yield Flaw(
                    path,
                    f"{mark.shown} of {mark.holder} is already the {mark.what} of {other.holder}",
                    "Give one of them another, or delete the entry that is there by mistake.",
                    mark.pointer,
                )


def _people(data: Mapping[str, Any]) -> Iterator[_Mark]:
    for number, person in enumerate(data["people"]):
        name, at = person["name"], f"/people/{number}"
        yield _Mark("id", person["id"], f"`{person['id']}`", name, f"{at}/id")
        yield _Mark("email", person["email"].casefold(), f"`{person['email']}`", name, f"{at}/email")
        for forge, account in person.get("accounts", {}).items():
            pointer = f"{at}/accounts/{forge}"
            yield _Mark(f"{forge} account", account.casefold(), f"`{account}`", name, pointer)
        yield from _keys(person, name, at)
    for number, collector in enumerate(data.get("collectors", ())):
        name, at = f"the collector {collector['id']}", f"/collectors/{number}"
        yield _Mark("id", collector["id"], f"`{collector['id']}`", name, f"{at}/id")
        yield from _keys(collector, name, at)


def _keys(entry: Mapping[str, Any], holder: str, at: str) -> Iterator[_Mark]:
    """The bytes of a key count, for the same bytes can be written in more than one way."""
    for number, key in enumerate(entry.get("keys", ())):
        blob = base64.b64decode(key["key"].partition(" ")[2])
        yield _Mark("key", blob, "a key", holder, f"{at}/keys/{number}/key")


def _roles(data: Mapping[str, Any]) -> Iterator[_Mark]:
    for number, role in enumerate(data["roles"]):
        yield _Mark("id", role["id"], f"`{role['id']}`", role["name"], f"/roles/{number}/id")
