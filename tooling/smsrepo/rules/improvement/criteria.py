"""The evaluation criteria as the table of the continual improvement policy lists them."""

import re
from collections.abc import Mapping

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo

_ROW = re.compile(r"^\|\s*([A-Z]+[0-9]+)\s*\|.*?\|\s*([0-9]+(?:\.[0-9]+)?)\s*%\s*\|", re.MULTILINE)


def weights(repo: Repo) -> tuple[Artefact, Mapping[str, float]] | None:
    """The policy with the weight of each criterion; None without a policy, or without such a table in it."""
    for policy in repo.issued("policy-continual-improvement"):
        found = {criterion: float(weight) for criterion, weight in _ROW.findall(policy.body)}
        if any(found.values()):
            return policy, found
    return None


def judged_by_today(improvement: Artefact, policy: Artefact) -> bool:
    """Whether an improvement was scored by the revision of the policy that lies here, as far as it says so."""
    named = [entry for entry in improvement.ids("followed") if entry.partition("@")[0] == policy.id]
    return not named or f"{policy.id}@{policy.data.get('revision')}" in named


def scores(improvement: Artefact) -> dict[str, float]:
    """The score of each criterion that was scored."""
    entries = improvement.data.get("scores", ())
    return {
        entry["criterion"]: entry["score"] for entry in entries if "criterion" in entry and "score" in entry
    }


def value(scored: Mapping[str, float], weight: Mapping[str, float]) -> float:
    """The weighted mean of the scores."""
    return sum(scored.get(criterion, 0) * share for criterion, share in weight.items()) / sum(weight.values())
