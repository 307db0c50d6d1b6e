"""An SMS has its settings: scope, people, roles, intervals, requirements."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("missing-settings", severity=ERROR, waivable=False, requirements=["4.1.3-a", "4.5.1-s2.1"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A settings file is missing."""
    yield from repo.flaws.get("missing-settings", ())
