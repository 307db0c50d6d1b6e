"""What takes four months to deliver is ordered four months before it is needed."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.duration import duration_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.capacity.loads import of_live_services, reaches
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "capacity-upgrade-late",
    severity=WARNING,
    requirements=["6.5-c"],
    reads=["capacity-requirement", "service", "change"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The forecast reaches the threshold within the lead time of the upgrade, and no change is raised."""
    for requirement, pointer, need in of_live_services(repo):
        lead = duration_in(need.get("lead_time"))
        change = repo.find(need.get("change", ""))
        if lead is None or (change and change.status != "rejected"):
            continue
        until = lead.after(on.as_of).isoformat()
        for index, one in enumerate(need.get("forecast", ())):
            if one.get("by", "") <= until and reaches(need, one.get("value"), need.get("threshold")):
                yield requirement.flaw(
                    f"{pointer}/forecast/{index}/by",
                    f"`{need.get('id')}` reaches its threshold of {need.get('threshold')} by"
                    f" {date.fromisoformat(one['by'])}; an upgrade takes {lead.words}, and no change is raised",
                    "Raise the request for change now and name it in `change`.",
                )
                break
