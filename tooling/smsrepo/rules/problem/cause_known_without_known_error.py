"""What is known is written where the service desk looks."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "cause-known-without-known-error",
    severity=ERROR,
    requirements=["8.2-s6", "8.2-s7"],
    reads=["problem", "known-error"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A problem has a cause or a workaround but no solution yet, and no open known error tells of it."""
    for problem in repo.all("problem"):
        if problem.status in ("resolved", "closed"):
            continue
        known = "cause" if "cause" in problem.data else "workaround"
        if not isinstance(problem.data.get(known), str):
            continue
        if not any(error.status == "open" for error in repo.linked(problem, "known-error", by="problem")):
            yield problem.flaw(
                known,
                f"the {known} of {problem.id} is known, and no known error is open for it",
                f"Record it for the service desk: sms new known-error --set problem={problem.id}",
            )
