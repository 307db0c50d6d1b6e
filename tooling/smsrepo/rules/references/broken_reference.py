"""Every reference leads to its artefact."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.closest import closest
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Reference, Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("broken-reference", severity=ERROR, waivable=False, requirements=["4.3.3-s3.3"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A field names an id that no artefact has."""
    for reference in repo.references:
        if repo.dangles(reference):
            hint = f"Name an existing {kinds(repo, reference) or 'artefact'}"
            close = _closest(repo, reference)
            hint += f"; did you mean {close}?" if close else ", or create it with sms new."
            yield reference.source.flaw(reference.pointer, f"there is no `{reference.target}`", hint)


def kinds(repo: Repo, reference: Reference) -> str:
    """What a reference may name, in words: "action, incident or change"; empty for anything."""
    titles = sorted(repo.types[name].title.lower() for name in reference.allowed if name in repo.types)
    return " or ".join(part for part in (", ".join(titles[:-1]), titles[-1]) if part) if titles else ""


def _closest(repo: Repo, reference: Reference) -> str:
    """The most similar id with the same prefix, or an empty string."""
    prefix = reference.target.partition("-")[0] + "-"
    ids = [
        id_ for id_, artefact in repo.by_id.items() if id_.startswith(prefix) and _fits(reference, artefact)
    ]
    return closest(reference.target, ids, 0.75)


def _fits(reference: Reference, artefact: Artefact) -> bool:
    return not reference.allowed or artefact.type.name in reference.allowed
