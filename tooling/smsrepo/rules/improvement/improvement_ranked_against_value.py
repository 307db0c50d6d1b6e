"""Who scores higher is not served later."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.improvement.criteria import judged_by_today, scores, value, weights
from smsrepo.rules.rule import WARNING, Context, rule

_RANK = {"low": 0, "medium": 1, "high": 2}


@rule(
    "improvement-ranked-against-value",
    severity=WARNING,
    requirements=["4.5.5.2-s1", "4.5.5.2-s2"],
    reads=["improvement", "policy-continual-improvement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An improvement has a lower priority than another one whose scores give a smaller value."""
    found = weights(repo)
    if found is None:
        return
    policy, weight = found
    ranked = [
        (round(value(scores(one), weight), 3), _RANK[one.data["priority"]], one)
        for one in repo.all("improvement")
        if one.data.get("priority") in _RANK
        and scores(one).keys() == weight.keys()
        and judged_by_today(one, policy)
    ]
    best = before = None  # with the highest priority: of those with a smaller value, and of all until now
    worth_before = None
    for worth, rank, improvement in sorted(ranked, key=lambda entry: (entry[0], entry[2].id)):
        if worth != worth_before:
            best, worth_before = before, worth
        if best is not None and best[1] > rank:
            other = best[2].id
            yield improvement.flaw(
                "priority",
                f"its scores give {worth:g}, those of {other} give {best[0]:g}, and {other} has a higher priority",
                "Look at the limits of the policy, and correct the priority that does not follow from the scores.",
            )
        if before is None or rank > before[1]:
            before = (worth, rank, improvement)
