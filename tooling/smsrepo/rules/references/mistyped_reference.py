"""A reference names the kind of artefact its field means."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.references.broken_reference import kinds
from smsrepo.rules.rule import ERROR, Context, rule


@rule("mistyped-reference", severity=ERROR, waivable=False, requirements=["4.3.3-s3.3"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A field names an artefact of a type that does not belong there."""
    for reference in repo.references:
        target = repo.by_id.get(reference.target)
        if target is None or not reference.allowed or target.type.name in reference.allowed:
            continue
        message = f"wrong kind of artefact: `{target.id}` is of type {target.type.title.lower()}"
        hint = f"Here belongs the id of: {kinds(repo, reference)}."
        yield reference.source.flaw(reference.pointer, message, hint)
