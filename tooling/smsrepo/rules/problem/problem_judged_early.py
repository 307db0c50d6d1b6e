"""Whether a solution works is judged after it was watched."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("problem-judged-early", severity=ERROR, requirements=["8.2-s8.1", "8.2-s8.2"], reads=["problem"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The effect of a solution was judged before the watching was over, or the problem closed before the verdict."""
    for problem in repo.all("problem"):
        effect = problem.data.get("effect", {})
        judged, watched = effect.get("reviewed_on", ""), effect.get("watched_until", "")
        resolved, closed = problem.date("resolved_on"), problem.date("closed_on")
        if not judged:
            continue
        if watched and judged < watched:
            message = f"the verdict is of {judged}, and the solution was watched until {watched}"
        elif resolved and judged < resolved.isoformat():
            message = f"the verdict is of {judged}, and the cause was removed on {resolved}"
        elif closed and closed.isoformat() < judged:
            message = f"the verdict is of {judged}, and {problem.id} was closed on {closed}"
        else:
            continue
        yield problem.flaw("/effect/reviewed_on", message, "Correct the date, or judge again after watching.")
