"""What alters a component is done by a change."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "problem-resolved-without-change",
    severity=ERROR,
    requirements=["8.2-s5"],
    reads=["problem", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A problem counts as resolved, and none of its changes had been carried out with success by then."""
    for problem in repo.all("problem"):
        resolved, ids = problem.date("resolved_on"), problem.ids("changes")
        changes = [change for id_ in ids if (change := repo.find(id_))]
        if (
            problem.status not in ("resolved", "closed")
            or resolved is None
            or len(changes) < len(ids)
            or not ids
        ):
            continue
        done = [
            change.date("implemented_on") for change in changes if change.data.get("outcome") == "successful"
        ]
        if not any(day is not None and day <= resolved for day in done):
            yield problem.flaw(
                "changes",
                f"{problem.id} is resolved since {resolved}; by then none of its changes was carried out with success",
                "Correct the day, name the right change, or put the problem back to `cause-known`.",
            )
