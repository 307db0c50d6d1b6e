"""Types are data: a schema that cannot be used leaves its type unchecked."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("broken-schema", severity=ERROR, waivable=False)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A schema file cannot be used."""
    yield from repo.flaws.get("broken-schema", ())
