"""Every file fits the schema of its type."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("schema-violated", severity=ERROR, waivable=False, requirements=["4.3.2-f", "4.3.3-s1.2"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A field is missing, unknown or holds a value of the wrong form."""
    yield from repo.flaws.get("schema-violated", ())
