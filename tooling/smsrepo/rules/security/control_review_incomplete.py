"""A review reaches a verdict on each control it lists, for the list is what the planned interval counts."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "control-review-incomplete",
    severity=ERROR,
    requirements=["6.6.2-s4"],
    reads=["control-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A review lists a security control and gives no verdict on it, or judges one that it does not list."""
    for review in repo.all("control-review"):
        listed = review.ids("controls")
        judged = [verdict.get("control") for verdict in review.data.get("verdicts", ())]
        for number, id_ in enumerate(listed):
            if id_ not in judged:
                yield review.flaw(
                    f"/controls/{number}",
                    f"{id_} was reviewed, but there is no verdict on it",
                    "Add what was checked and found under `verdicts`, or take it off the list.",
                )
        for number, control in enumerate(judged):
            if control not in listed or control in judged[:number]:
                what = "is judged twice" if control in judged[:number] else "is not in the list of `controls`"
                yield review.flaw(
                    f"/verdicts/{number}/control",
                    f"{control} {what}",
                    "Each reviewed control stands once under `controls` and once under `verdicts`.",
                )
