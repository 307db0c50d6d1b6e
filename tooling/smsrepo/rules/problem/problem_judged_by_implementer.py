"""Nobody judges the effect of the own work."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "problem-judged-by-implementer",
    severity=WARNING,
    requirements=["8.2-s8.2"],
    reads=["problem", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Whoever carried out the change that solves a problem also judged whether it works."""
    for problem in repo.all("problem"):
        judge = problem.data.get("effect", {}).get("reviewed_by")
        for id_ in problem.ids("changes") if judge else ():
            change = repo.find(id_)
            if change and change.data.get("implementer") == judge:
                yield problem.flaw(
                    "/effect/reviewed_by",
                    f"{judge} carried out {id_} and judged its effect",
                    "Have somebody else look at the figures and give the verdict.",
                )
                break
