"""Every reference leads to its artefact."""

import difflib
from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_MANY = 2000


@rule("broken-reference", severity=ERROR, requirements=["4.3.3-s3.3"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A field names an id that no artefact has."""
    for reference in repo.references:
        if reference.target not in repo.by_id and reference.target not in repo.broken_ids:
            kinds = sorted(repo.types[name].title.lower() for name in reference.allowed if name in repo.types)
            hint = f"Name an existing {' or '.join(kinds)}" if kinds else "Name an existing artefact"
            close = closest(reference.target, candidates(repo, reference.allowed))
            hint += f"; did you mean {close}?" if close else ", or create it with sms new."
            yield reference.source.flaw(reference.pointer, f"there is no `{reference.target}`", hint)


def candidates(repo: Repo, allowed: frozenset[str]) -> list[str]:
    """Ids that a reference may name."""
    return [a.id for a in repo.artefacts if not allowed or a.type.name in allowed]


def closest(wrong: str, ids: list[str]) -> str:
    """The most similar id, or an empty string; among very many ids none is looked for."""
    found = difflib.get_close_matches(wrong, ids, 1, 0.75) if len(ids) <= _MANY else []
    return found[0] if found else ""
