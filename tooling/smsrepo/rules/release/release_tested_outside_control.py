"""A test is worth as much as the place where it was done."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "release-tested-outside-control",
    severity=ERROR,
    requirements=["9.3-s8"],
    reads=["release", "test-record", "component"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """No test of an approved release was done in an environment that is a live configuration item."""
    for release in repo.all("release"):
        tests = [test for id_ in release.ids("tests") if (test := repo.find(id_))]
        if "approved_on" in release.data and tests and not any(_controlled(repo, test) for test in tests):
            yield release.flaw(
                "tests",
                f"no test of {release.id} names a live component as its environment",
                "Test in the acceptance environment and name its entry in `environment` of the test.",
            )


def _controlled(repo: Repo, test: Artefact) -> bool:
    environment = test.data.get("environment")
    named = environment.get("component") if isinstance(environment, dict) else None
    component = repo.find(named) if isinstance(named, str) else None
    return component is not None and component.type.name == "component" and component.active
