"""Plans that services rest on change by decision."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_ROWS = {
    "plan-capacity": ("6.5-s3",),
    "plan-service-continuity": ("6.3.2-s2",),
    "plan-availability": ("6.3.2-s2",),
}


@rule(
    "plan-revised-without-change",
    severity=ERROR,
    requirements=["6.3.2-s2", "6.5-s3"],
    reads=[*_ROWS, "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A later revision of a capacity, continuity or availability plan names no approved change."""
    for type_, rows in _ROWS.items():
        for plan in repo.issued(type_):
            if plan.data.get("revision", "1.0") == "1.0":
                continue  # the first issue creates the plan
            change = repo.find(plan.data.get("change", ""))
            if change and change.data.get("decision") == "approved":
                continue
            state = f"{change.id} is {change.status}" if change else "it names no request for change"
            yield plan.flaw(
                "change" if change else "revision",
                f"{plan.id} is at revision {plan.data['revision']}, and {state}",
                "Have the change of the plan decided first, and name it in `change`.",
                rows,
            )
