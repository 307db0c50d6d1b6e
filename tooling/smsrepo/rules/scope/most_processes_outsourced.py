"""Who claims the management system runs most of it."""

from collections.abc import Iterator

from smsrepo.control.settings import ORGANISATION
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.other_parties.processes import PROCESSES, descriptions
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "most-processes-outsourced",
    severity=WARNING,
    requirements=["4.2-s2"],
    reads=[*PROCESSES, "organisation"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Other parties run half of the processes or more as a whole."""
    every = [process for process in descriptions(repo) if process.issued]
    outside = [process.id for process in every if process.data.get("operated_by") == "other-party"]
    if outside and 2 * len(outside) >= len(every):
        yield Flaw(
            ORGANISATION,
            f"other parties run {len(outside)} of {len(every)} processes: {', '.join(outside)}",
            "Then the party that runs them should claim the standard, or take processes back.",
            "/scope/statement",
        )
