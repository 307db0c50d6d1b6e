"""What was asked for is tried before anybody depends on it."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLAN, change_of, changes_of, undecided, worked_with
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "requirement-untested",
    severity=ERROR,
    requirements=["5.4-s1.1"],
    reads=[PLAN, "change", "test-record", "decision", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service went live although no passed test had tried one of its service requirements."""
    tests = _by_change(repo)
    for plan in worked_with(repo, PLAN):
        change = change_of(repo, plan)
        live = change.date("implemented_on") if change else None
        if change is None or live is None or settled_by(repo, plan):
            continue
        counted = [one for one in tests.get(change.id, ()) if _counts(repo, one, live)]
        tried = {id_ for one in counted for id_ in one.ids("requirements")}
        for index, id_ in enumerate(plan.ids("requirements")):
            if id_ not in tried:
                yield plan.flaw(
                    f"/requirements/{index}",
                    f"{change.id} went live on {live}, and no passed test before that tried {id_}",
                    "Name the requirement in `requirements` of the test that tried it. If nothing did, test it now and"
                    f" record a nonconformity that names {plan.id}.",
                )


def _by_change(repo: Repo) -> dict[str, list[Artefact]]:
    """The tests of each change."""
    found: dict[str, list[Artefact]] = {}
    for test in repo.all("test-record"):
        for change in changes_of(repo, test):
            found.setdefault(change.id, []).append(test)
    return found


def _counts(repo: Repo, test: Artefact, live: date) -> bool:
    """A test before going live that passed, or failed and was put up with by a joint decision."""
    day = test.date("executed_on")
    if day is None or day > live:
        return False
    return test.data.get("result") == "passed" or not undecided(repo, test, live)
