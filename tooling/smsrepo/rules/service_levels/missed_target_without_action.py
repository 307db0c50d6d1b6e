"""A miss is answered by something that comes after it began."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.measurements import first_day
from smsrepo.rules.service_levels.targets import can_answer


@rule(
    "missed-target-without-action",
    severity=ERROR,
    requirements=["6.1-s11.2", "7.2-s9.2"],
    reads=["measurement", "action", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The action named for a missed target was cancelled, or was done before the period began."""
    for measurement in repo.all("measurement", met=False):
        action = repo.find(measurement.data.get("action", ""))
        period = measurement.data.get("period", "")
        if action is None or can_answer(action, first_day(period)):
            continue
        done = action.date("completed_on")
        state = (
            "was cancelled" if action.status == "cancelled" else f"was done on {done}, before {period} began"
        )
        name = measurement.data.get("target") or measurement.data.get("measure", "")
        yield measurement.flaw(
            "action",
            f"`{name}` was missed in {period}, and {action.id} {state}",
            "Look for the cause again and decide a new action: sms new action.",
        )
