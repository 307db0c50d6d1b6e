"""An id stands for one person or role."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.control.settings import PEOPLE, ROLES
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_UNIQUE = ((PEOPLE, "people", "id"), (PEOPLE, "people", "email"), (ROLES, "roles", "id"))


@rule("person-registered-twice", severity=ERROR, requirements=["4.1.3-a"], reads=["people", "roles"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Two people or two roles have the same id, or two people the same e-mail address."""
    for path, list_, field in _UNIQUE:
        found = repo.settings.get(path)
        first: dict[str, Mapping[str, Any]] = {}
        for number, entry in enumerate(found.data[list_] if found and found.fits else ()):
            same = first.setdefault(entry[field].casefold(), entry)
            if same is not entry:
                yield Flaw(
                    path,
                    f"`{entry[field]}` of {entry['name']} is already the {field} of {same['name']}",
                    "Give one of them another, or delete the entry that is there by mistake.",
                    f"/{list_}/{number}/{field}",
                )
