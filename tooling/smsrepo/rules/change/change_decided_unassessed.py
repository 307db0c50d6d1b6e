"""A decision rests on an assessment that was there before it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "change-decided-unassessed",
    severity=ERROR,
    requirements=[
        "9.2-s14.1", "9.2-s14.2", "9.2-s14.3", "9.2-s14.4", "9.2-s14.5", "9.2-s14.6",
        "6.3.2-s6.1", "6.3.2-s6.2", "6.6.3-s1",
    ],
    reads=["change"],
)  # fmt: skip
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A normal change was decided before its assessment was complete."""
    for change in repo.all("change", category="normal"):
        decided, assessed = change.date("decided_on"), change.date("assessed_on")
        if decided is None:
            continue
        if assessed is None or "assessments" not in change.data:
            problem = "without an assessment"
        elif assessed > decided:
            problem = f"before its assessment was complete on {assessed}"
        else:
            continue
        yield change.flaw(
            "decided_on",
            f"{change.id} was decided on {decided}, {problem}",
            "Assess all twelve dimensions and decide again on that basis.",
        )
