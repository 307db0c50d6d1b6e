"""A reference names the kind of artefact its field means."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("mistyped-reference", severity=ERROR, requirements=["4.3.3-s3.3"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A field names an artefact of a type that does not belong there."""
    for reference in repo.references:
        target = repo.by_id.get(reference.target)
        if target is None or not reference.allowed or target.type.name in reference.allowed:
            continue
        kinds = sorted(repo.types[name].title.lower() for name in reference.allowed if name in repo.types)
        message = f"wrong kind of artefact: `{target.id}` is of type {target.type.title.lower()}"
        hint = f"Name the id of something of type {' or '.join(kinds)}."
        yield reference.source.flaw(reference.pointer, message, hint)
