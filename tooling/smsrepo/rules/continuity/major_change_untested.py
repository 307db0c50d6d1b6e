"""A changed environment is tried again."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lifecycle import effective_since
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import PLAN_FIELDS, covered, tests_by_plan
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "major-change-untested",
    severity=ERROR,
    requirements=["6.3.3-s5"],
    reads=["change", "plan-test", "continuity-requirement", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """After a change with major impact a plan was not tested again for a service it touched."""
    interval = on.settings.interval("plan_retest")
    tested = tests_by_plan(repo, on.as_of)
    needs = {str(need.data.get("service", "")): need for need in covered(repo)}
    begin = on.settings.operating_since or date.min
    for change in repo.all("change", major_impact=True):
        done = change.date("implemented_on")
        if interval is None or done is None or change.data.get("outcome") == "backed-out":
            continue
        due = interval.after(done)
        missing = [
            f"{plan} for {service}"
            for service in change.ids("services")
            if service in needs and done >= max(begin, effective_since(needs[service]) or begin)
            for plan in (needs[service].data.get(field) for field in PLAN_FIELDS)
            if plan and not any(held >= done for held in tested.get((plan, needs[service].id), ()))
        ]
        if missing and due < on.as_of:
            yield change.flaw(
                "implemented_on",
                f"{change.id} was implemented on {done}, and by {due} nobody had tested {', '.join(missing)}",
                "Test the plans in the new environment and name the change: sms new plan-test.",
            )
