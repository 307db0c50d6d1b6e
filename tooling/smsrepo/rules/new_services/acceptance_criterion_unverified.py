"""A criterion is worth something once somebody has looked."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLAN, changes_of, live_days, tests_of, worked_with
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "acceptance-criterion-unverified",
    severity=ERROR,
    requirements=["5.4-s2", "9.3-s10.1"],
    reads=["acceptance-criteria", "test-record", "change", PLAN, "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service went live although no test case had verified one of its acceptance criteria."""
    for criteria in worked_with(repo, "acceptance-criteria"):
        live = _all_live_on(repo, criteria)
        if live is None or settled_by(repo, criteria):
            continue
        tests = [one for one in tests_of(repo, criteria) if _in_time(repo, one, live)]
        verified = {case.get("criterion") for one in tests for case in one.entries("cases")}
        for index, criterion in enumerate(criteria.entries("criteria")):
            if (
                criterion.get("shown_by") == "test"
                and criterion.get("id")
                and criterion["id"] not in verified
            ):
                yield criteria.flaw(
                    f"/criteria/{index}/id",
                    f"the service went live on {live}, and no test case before that verified `{criterion['id']}`",
                    f"Name the criterion at the test case that verified it, or verify it now and record a nonconformity"
                    f" that names {criteria.id}.",
                )


def _all_live_on(repo: Repo, criteria: Artefact) -> date | None:
    """The day of the last of its changes: a criterion may be meant for one that is still to come."""
    changes = [one for one in changes_of(repo, criteria) if one.status not in ("rejected", "cancelled")]
    days = [day for one in changes if (day := one.date("implemented_on"))]
    return max(days) if days and len(days) == len(changes) else None


def _in_time(repo: Repo, test: Artefact, live: date) -> bool:
    """Whether a test came before the change it is about was carried out; before all of them where it names none."""
    day = test.date("executed_on")
    return day is not None and day <= max(live_days(repo, test), default=live)
