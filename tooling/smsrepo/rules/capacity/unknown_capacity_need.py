"""A figure is about a need that somebody agreed."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.capacity.loads import need_of, newest
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "unknown-capacity-need",
    severity=ERROR,
    requirements=["6.5-s5.1"],
    reads=["capacity-requirement", "capacity-measurement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The newest capacity measurement names a need that its capacity requirement does not have."""
    last = newest(repo)
    for pointer, result in pointed(last, "results") if last else ():
        requirement = repo.find(result.get("requirement", ""))
        if last and requirement and "need" in result and need_of(repo, result) is None:
            yield last.flaw(
                f"{pointer}/need",
                f"{requirement.id} has no need `{result['need']}`",
                "Use the id of a need in the requirement, or add the need there.",
            )
