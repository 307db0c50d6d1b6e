"""A rule for the pages of the tests."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("no-author", severity=WARNING, requirements=["4.1.1-s1"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A document does not name its author."""
    for artefact in repo.artefacts:
        if not artefact.type.is_record and "author" not in artefact.data:
            yield artefact.flaw("", f"{artefact.id} names no author", "Add `author`.", ("4.1.1-s1",))
