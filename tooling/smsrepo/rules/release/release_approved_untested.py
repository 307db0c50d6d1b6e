"""First it works somewhere else, then it goes live."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "release-approved-untested",
    severity=ERROR,
    requirements=["9.3-s7", "9.3-s10.1", "9.3-s10.2", "9.3-s11"],
    reads=["release", "test-record"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A release was approved before one of its tests, or with a failed test neither repeated nor decided on."""
    for release in repo.all("release"):
        approved = release.date("approved_on")
        if approved is None:
            continue
        tests = [(index, test) for index, id_ in enumerate(release.ids("tests")) if (test := repo.find(id_))]
        passed = {
            id_ for _, test in tests if test.data.get("result") == "passed" for id_ in test.ids("repeats")
        }
        for index, test in tests:
            executed = test.date("executed_on")
            undecided = not isinstance(release.data.get("missed_criteria"), list)
            if executed and executed > approved:
                message = f"{release.id} was approved on {approved}, and {test.id} came on {executed}"
                hint = "Test before the approval. What is made up after an emergency stands in a test of its own."
            elif test.data.get("result") == "failed" and test.id not in passed and undecided:
                message = (
                    f"{test.id} failed, and {release.id} was approved without a repetition or a decision"
                )
                hint = "Repeat the test, or enter in `missed_criteria` what was decided with those concerned."
            else:
                continue
            yield release.flaw(f"/tests/{index}", message, hint)
