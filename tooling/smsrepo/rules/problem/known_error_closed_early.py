"""A fault is gone when the change that removes it has worked."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "known-error-closed-early",
    severity=ERROR,
    requirements=["8.2-s7", "9.2-s21"],
    reads=["known-error", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A known error was closed as removed, and its change was not carried out with success by then."""
    for error in repo.all("known-error", status="closed", closed_because="removed"):
        change = repo.find(str(error.data.get("change", "")))
        if change is None or change.type.name != "change":
            continue
        done, closed = change.date("implemented_on"), error.date("closed_on")
        if change.data.get("outcome") != "successful":
            state = f"has the outcome `{change.data.get('outcome', 'none yet')}`"
        elif done and closed and done > closed:
            state = f"was carried out on {done}, after {closed}"
        else:
            continue
        yield error.flaw(
            "change",
            f"{error.id} is closed as removed, but {change.id} {state}",
            "Open it again, or name the change that removed the fault.",
        )
