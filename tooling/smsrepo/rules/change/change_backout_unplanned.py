"""Who knows the way back before starting can turn round in time."""

import re
from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_WORDS = 4


@rule("change-backout-unplanned", severity=ERROR, requirements=["9.2-s18.1"], reads=["change"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The back-out plan of a normal or major change says nothing."""
    for change in repo.all("change"):
        plan = change.data.get("backout_plan")
        weighty = change.data.get("category") == "normal" or change.data.get("major_impact") is True
        if weighty and isinstance(plan, str) and len(re.findall(r"[^\W_]+", plan)) < _WORDS:
            yield change.flaw(
                "backout_plan",
                f"`{' '.join(plan.split())}` does not say how {change.id} is undone or remedied if it fails",
                "Write the steps back, who calls for them and how long they take. Where there is no way back,"
                " say how services are restored instead.",
            )
