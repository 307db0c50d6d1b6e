"""Whoever built it sees what it should do, not what it does."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("tested-by-builder", severity=WARNING, requirements=["5.4-s1.2", "9.3-s7"], reads=["test-record"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A test was carried out by the person who built what is tested, or signed off by its tester."""
    for test in repo.all("test-record"):
        tester = test.data.get("executed_by")
        if tester and tester == test.data.get("builder"):
            message = f"`{tester}` built what {test.id} tests and carried out the test"
            yield test.flaw("executed_by", message, "Let somebody else repeat the test and record it.")
        if tester and tester == test.data.get("signed_off_by"):
            message = f"`{tester}` carried out {test.id} and accepts the result as well"
            yield test.flaw(
                "signed_off_by", message, "Let the role that decides on going live accept the result."
            )
