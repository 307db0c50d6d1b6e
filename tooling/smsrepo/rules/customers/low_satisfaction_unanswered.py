"""Whoever answers a survey expects that something comes of it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "low-satisfaction-unanswered",
    severity=WARNING,
    requirements=["7.1-s14.2"],
    reads=["survey-result", "survey-design"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A satisfaction score is low or fell clearly, and no improvement follows."""
    for survey in repo.all("survey-result"):
        design = repo.find(survey.data.get("design", ""))
        if survey.ids("improvements") or "improvements" not in survey.data or design is None:
            continue
        low, swing = design.data.get("low_below"), design.data.get("swing")
        for number, entry in enumerate(survey.data.get("scores", ())):
            score, before = entry.get("score"), entry.get("before")
            if score is None:
                continue
            if low is not None and score < low:
                problem = f"the score is {score}, below {low}"
            elif swing is not None and before is not None and round(before - score, 6) > swing:
                problem = f"the score fell from {before} to {score}, by more than {swing}"
            else:
                continue
            yield survey.flaw(
                f"/scores/{number}/score",
                f"{problem}, and nothing follows",
                "Talk it through with the customer and decide an improvement or action.",
            )
