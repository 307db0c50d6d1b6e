"""A forecast says something about days to come."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.capacity.loads import of_live_services
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "capacity-forecast-ended",
    severity=ERROR,
    requirements=["6.5-a", "6.5-s1.1"],
    reads=["capacity-requirement", "service"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The forecast of a need of a live service ends before today."""
    for requirement, pointer, need in of_live_services(repo):
        days = [str(one.get("by", "")) for one in need.get("forecast", ())]
        if days and max(days) <= on.as_of.isoformat():
            yield requirement.flaw(
                f"{pointer}/forecast",
                f"the forecast of `{need.get('id')}` ends on {date.fromisoformat(max(days))}",
                "Work out the demand to come by the procedure for predictive analysis, and enter it.",
            )
