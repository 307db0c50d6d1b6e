"""Every file says of which type it is."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("unknown-type", severity=ERROR, waivable=False, requirements=["4.3.2-f"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A file has no type, or one that has no schema."""
    yield from repo.flaws.get("unknown-type", ())
