"""A decision with a major impact knows its money."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.finance.figures import months
from smsrepo.rules.rule import WARNING, Context, rule


@rule("major-change-unbudgeted", severity=WARNING, requirements=["6.4-s5"], reads=["change", "budget"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An approved change with a major impact is in no budget, so its cost rests on no source of finance."""
    starts = [months(budget)[0] for budget in repo.issued("budget") if months(budget)]
    for change in repo.all("change", major_impact=True, decision="approved"):
        decided = str(change.data.get("decided_on", ""))[:7]
        if starts and decided >= min(starts) and not repo.linked(change, "budget"):
            yield change.flaw(
                "/assessments/cost",
                f"{change.id} is approved, and no budget names it among its planned changes",
                "Enter it under `planned_changes` of the budget that bears it, with amount and release.",
            )
