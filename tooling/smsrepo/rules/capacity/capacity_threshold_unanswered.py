"""A threshold is there to be acted on."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.capacity.loads import breaks, need_of, newest, reaches
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "capacity-threshold-unanswered",
    severity=WARNING,
    requirements=["6.5-c", "6.5-s6"],
    reads=["capacity-requirement", "capacity-measurement", "change", "budget"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The newest measurement shows a threshold reached, and there is no answer or no money for it."""
    last = newest(repo)
    for pointer, result in pointed(last, "results") if last else ():
        found = need_of(repo, result)
        if last is None or found is None or breaks(found[1], result.get("peak")):
            continue
        need = found[1]
        if not reaches(need, result.get("peak"), result.get("threshold")):
            continue
        answer = repo.find(result.get("answer", ""))
        if answer is None or answer.status in ("rejected", "cancelled"):
            yield last.flaw(
                f"{pointer}/peak",
                f"`{need.get('id')}` is at {result.get('peak')}, its threshold is {result.get('threshold')},"
                " and nothing follows",
                "Raise the request for change that the capacity plan names, and enter it in `answer`.",
            )
        elif answer.type.name == "change" and _costs(need.get("cost")) and not repo.linked(answer, "budget"):
            yield last.flaw(
                f"{pointer}/answer",
                f"{answer.id} answers the threshold of `{need.get('id')}`, and no budget has money for it",
                "Enter the change under `planned_changes` of the budget, or have top management decide.",
            )


def _costs(cost: object) -> bool:
    return isinstance(cost, dict) and bool(cost.get("amount"))
