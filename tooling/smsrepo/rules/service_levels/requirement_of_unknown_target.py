"""A requirement is covered by a target that exists."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import target_of


@rule(
    "requirement-of-unknown-target",
    severity=ERROR,
    requirements=["6.1-s5"],
    reads=["service-requirement", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service requirement says it is covered by a target that its agreement does not have for that service."""
    for requirement in repo.issued("service-requirement"):
        covered = requirement.data.get("covered_by")
        for number, entry in enumerate(covered if isinstance(covered, list) else ()):
            agreement = repo.find(entry.get("agreement", ""))
            if agreement is None or "target" not in entry:
                continue
            target = target_of(agreement, entry["target"])
            if target is None:
                problem = f"{agreement.id} has no target `{entry['target']}`"
            elif target.get("service", requirement.data.get("service")) != requirement.data.get("service"):
                problem = f"`{entry['target']}` of {agreement.id} is about {target['service']}"
            else:
                continue
            yield requirement.flaw(
                f"/covered_by/{number}/target",
                problem,
                "Name the target that covers it, agree one, or say `none` and what covers it instead.",
            )
