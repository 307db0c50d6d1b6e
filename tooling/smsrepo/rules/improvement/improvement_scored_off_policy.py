"""What is decided by other criteria than the policy's is decided by taste."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.improvement.criteria import judged_by_today, weights
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "improvement-scored-off-policy",
    severity=ERROR,
    requirements=["4.5.5.2-s2"],
    reads=["improvement", "policy-continual-improvement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The scores of an improvement leave out a criterion of the policy, repeat one or use another."""
    found = weights(repo)
    if found is None:
        return
    policy, weight = found
    for improvement in repo.all("improvement"):
        entries = improvement.data.get("scores")
        if not entries or not judged_by_today(improvement, policy):
            continue
        used = [entry.get("criterion") for entry in entries]
        wrong = [f"{c} is no criterion" for c in dict.fromkeys(used) if c not in weight]
        wrong += [f"{c} is missing" for c in weight if c not in used]
        wrong += [f"{c} is scored twice" for c in weight if used.count(c) > 1]
        if wrong:
            yield improvement.flaw(
                "scores",
                f"{policy.id} sets {', '.join(weight)}: {', '.join(wrong)}",
                "Score all criteria of the policy, each once.",
            )
