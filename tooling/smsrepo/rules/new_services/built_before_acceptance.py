"""Mistakes on paper cost a pencil stroke, later they cost a weekend."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLANS, accepted_on, changes_of, major, naming
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "built-before-acceptance",
    severity=ERROR,
    requirements=["5.1-s6", "5.1-s7", "5.3-s3"],
    reads=["change", *PLANS, "design-review", "test-record", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service was tested or went live before a review had accepted its plan and design."""
    planned = [one for one in major(repo) if naming(repo, one, *PLANS) and not settled_by(repo, one)]
    accepted = {change.id: accepted_on(repo, change) for change in planned}
    for test in repo.all("test-record"):
        day = test.date("executed_on")
        for change in changes_of(repo, test) if day else ():
            since = accepted.get(change.id)
            if day and change.id in accepted and _before(day, since) and not settled_by(repo, test):
                when = f"accepted on {since}" if since else "never accepted"
                yield test.flaw(
                    "executed_on",
                    f"{test.id} was carried out on {day}; plan and design of {change.id} were {when}",
                    _hint(change),
                )
    for change in planned:
        day, since = change.date("implemented_on"), accepted[change.id]
        if day and _before(day, since):
            when = f"on {since}" if since else "by no review"
            yield change.flaw(
                "implemented_on",
                f"{change.id} was carried out on {day}; its plan was accepted {when}",
                _hint(change),
            )


def _before(day: date, since: date | None) -> bool:
    return since is None or day < since


def _hint(change: Artefact) -> str:
    return (
        "Hold plan and design against requirements and contents before building: sms new design-review. If it was left"
        f" out, record a nonconformity that names {change.id}."
    )
