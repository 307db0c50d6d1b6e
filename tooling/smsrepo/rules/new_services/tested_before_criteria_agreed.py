"""Who sets the bar after the jump always clears it."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.revision import edition
from smsrepo.rules.new_services.projects import PLAN, parties, tests_of, worked_with
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "tested-before-criteria-agreed",
    severity=ERROR,
    requirements=["5.4-s2", "9.3-s9"],
    reads=["acceptance-criteria", "test-record", "change", PLAN],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Verification began before the acceptance criteria were agreed."""
    for criteria in worked_with(repo, "acceptance-criteria"):
        last, agreed = _last(criteria), criteria.date("agreed_on")
        if last and agreed and last > agreed:
            yield criteria.flaw(
                "agreed_on",
                f"{criteria.id} counts as agreed on {agreed}, but the last party agreed on {last}",
                "Enter the day on which the last party agreed.",
            )
        since = _first_agreed(criteria)
        for test in tests_of(repo, criteria) if since else ():
            day = test.date("executed_on")
            if day and since and day < since:
                yield test.flaw(
                    "executed_on",
                    f"{test.id} verified {criteria.id} on {day}, which was agreed on {since}",
                    "Agree the criteria first. What was measured before that does not count: repeat the test.",
                )


def _last(criteria: Artefact) -> date | None:
    days = (day_in(entry.get("on")) for entry in criteria.entries("agreed_with"))
    return max((day for day in days if day), default=None)


def _first_agreed(criteria: Artefact) -> date | None:
    """When all parties had agreed for the first time; None where only the agreement to a later edition is known."""
    first = max((day for day in parties(criteria, "agreed_with").values() if day), default=None)
    last = _last(criteria)
    if first and last and first < last:
        return first
    if edition(criteria.data.get("revision")) > 1:
        return None
    return max((day for day in (first, criteria.date("agreed_on")) if day), default=None)
