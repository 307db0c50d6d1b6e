"""More load than was agreed is a breach, and a breach is answered."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import effective_since
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.capacity.loads import breaks, need_of
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.measurements import first_day
from smsrepo.rules.service_levels.targets import can_answer


@rule(
    "capacity-limit-exceeded",
    severity=ERROR,
    requirements=["6.5-s6"],
    reads=["capacity-requirement", "capacity-measurement", "change", "action", "nonconformity", "problem"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A peak was beyond the agreed figure, and no change, action or nonconformity answers it."""
    for measurement in repo.all("capacity-measurement"):
        recorded = measurement.date("recorded_on")
        for pointer, result in pointed(measurement, "results"):
            found = need_of(repo, result)
            if found is None or not breaks(found[1], result.get("peak")):
                continue
            requirement, need = found
            since = effective_since(requirement)
            answer = repo.find(result.get("answer", ""))
            if since and recorded and recorded < since:
                continue  # another figure was agreed then
            if answer and can_answer(answer, first_day(measurement.data.get("period"))):
                continue
            yield measurement.flaw(
                f"{pointer}/peak",
                f"{result.get('peak')} {need.get('unit', '')} in `{need.get('id')}`, and {need.get('agreed')}"
                f" is agreed in {requirement.id}",
                "Raise a request for change, an action or a nonconformity, and name it in `answer`.",
            )
