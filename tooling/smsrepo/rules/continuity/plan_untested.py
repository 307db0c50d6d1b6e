"""A plan that nobody tried is a hope."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lifecycle import effective_since
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import PLAN_FIELDS, covered, tests_by_plan
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "plan-untested",
    severity=ERROR,
    requirements=["6.3.3-s3", "6.3.3-s4"],
    reads=["continuity-requirement", "plan-test", "plan-service-continuity", "plan-availability", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """One of the two plans was not tested in time for a service, or not since it was rewritten."""
    yield from _services(repo, on)
    yield from _rewritten(repo, on)


def _services(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A service with no test at all is left to the planned interval of tests."""
    interval = on.settings.interval("plan_test")
    tested = tests_by_plan(repo, on.as_of)
    for need in covered(repo):
        begin = need.date("effective_from") or on.settings.operating_since
        plans = [(field, str(need.data.get(field, ""))) for field in PLAN_FIELDS]
        last = {plan: tested[plan, need.id][-1] for _, plan in plans if (plan, need.id) in tested}
        if interval is None or begin is None or not last or interval.after(max(last.values())) < on.as_of:
            continue
        for field, plan in plans:
            due = interval.after(last.get(plan, begin))
            if repo.find(plan) and due < on.as_of:
                when = f"last tested on {last[plan]}" if plan in last else "never tested"
                yield need.flaw(
                    field,
                    f"{plan} was {when} for {need.data.get('service')}; the test was due by {due}",
                    "Test the plan against this entry and record it: sms new plan-test.",
                )


def _rewritten(repo: Repo, on: Context) -> Iterator[Flaw]:
    interval = on.settings.interval("plan_retest")
    newest: dict[str, tuple[date, str]] = {}
    for test in repo.all("plan-test"):
        held, tested_plan = test.date("held_on"), str(test.data.get("plan", ""))
        if held and held <= on.as_of and held >= newest.get(tested_plan, (held, ""))[0]:
            newest[tested_plan] = (held, str(test.data.get("plan_revision", "")))
    for plan in (*repo.issued("plan-service-continuity"), *repo.issued("plan-availability")):
        since, revision = _since(plan), str(plan.data.get("revision", ""))
        if interval is None or since is None or plan.id not in newest:
            continue
        held, tested = newest[plan.id]
        due = interval.after(since)
        if _major(tested) < _major(revision) and due < on.as_of:
            yield plan.flaw(
                "revision",
                f"rewritten since {since} (revision {revision}), and the last test, on {held}, was of {tested}",
                "Test the plan as it is now: sms new plan-test.",
            )


def _since(plan: Artefact) -> date | None:
    """From when the text applies as it was last rewritten; None where neither history nor header says so.

    A minor revision does not put the test off, as far as the history tells when the first of its number came.
    """
    return (plan.proven.rewritten if plan.proven else None) or effective_since(plan)


def _major(revision: str) -> int:
    major = revision.partition(".")[0]
    return int(major) if major.isdecimal() else 0
