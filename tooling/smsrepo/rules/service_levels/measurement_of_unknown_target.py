"""A result belongs to a promise."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.measurements import measured
from smsrepo.rules.service_levels.targets import target_of, targets


@rule(
    "measurement-of-unknown-target",
    severity=ERROR,
    requirements=["6.1-s10", "7.2-s8.1"],
    reads=["measurement", "sla", "ola", "supplier-contract"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A measurement names a target that its agreement does not have."""
    for measurement, agreement in measured(repo):
        name = measurement.data.get("target")
        if name is not None and target_of(agreement, name) is None:
            known = ", ".join(f"`{target.get('id')}`" for _, target in targets(agreement))
            yield measurement.flaw(
                "target",
                f"{agreement.id} has no target `{name}`; it has {known}",
                "Write the id of the target exactly as it stands in the agreement.",
            )
