"""Whoever promises capacity looks how much of it is used."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import effective_since
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.capacity.loads import newest, of_live_services
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "capacity-need-unmeasured",
    severity=ERROR,
    requirements=["6.5-s5.1"],
    reads=["capacity-requirement", "capacity-measurement", "service"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The newest capacity measurement leaves out a need of a live service."""
    last = newest(repo)
    if last is None:
        return  # that there is none at all is said by the planned interval
    there = {(result.get("requirement"), result.get("need")) for _, result in pointed(last, "results")}
    recorded = last.date("recorded_on")
    for requirement, pointer, need in of_live_services(repo):
        since = effective_since(requirement)
        newer = recorded and (
            (since and since > recorded) or need.get("present", {}).get("on", "") > recorded.isoformat()
        )
        if newer or (requirement.id, need.get("id")) in there:
            continue
        yield requirement.flaw(
            f"{pointer}/id",
            f"`{need.get('id')}` of {requirement.id} is not in {last.id}, the measurement of"
            f" {last.data['period']}",
            "Measure it and add it to the next measurement, or take the need out.",
        )
