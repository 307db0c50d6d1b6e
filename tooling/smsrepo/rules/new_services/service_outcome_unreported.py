"""Whoever asked for a service hears what it brought."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLANS, major, naming
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "service-outcome-unreported",
    severity=ERROR,
    requirements=["5.4-s5"],
    reads=["change", *PLANS, "service-outcome", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A new, changed or removed service is live or gone for longer than the limit, and nobody reported the outcome."""
    limit = on.settings.interval("service_outcome")
    for change in major(repo):
        live = change.date("implemented_on")
        if limit is None or live is None or change.data.get("outcome") != "successful":
            continue
        if on.as_of > limit.after(live) and not naming(repo, change, "service-outcome"):
            yield change.flaw(
                "implemented_on",
                f"{change.id} was carried out on {live}; its outcome was due by {limit.after(live)} ({limit.words})",
                "Compare the expected outcomes of the plan with the results and report them: sms new service-outcome.",
            )
