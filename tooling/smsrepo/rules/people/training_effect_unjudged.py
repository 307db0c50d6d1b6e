"""A training is worth what people can do afterwards."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "training-effect-unjudged",
    severity=ERROR,
    requirements=["4.4.2-c"],
    reads=["competence-record", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Nobody has judged in time whether a training had effect, or somebody who took part did."""
    limit = on.settings.interval("training_effectiveness")
    for record in repo.all("competence-record", kind="training"):
        held, verdict = record.date("held_on"), record.data.get("effectiveness")
        if verdict is None:
            if limit and held and limit.after(held) < on.as_of:
                yield record.flaw(
                    "held_on",
                    f"held on {held}, and its effect was to be judged by {limit.after(held)}",
                    "Let somebody who did not take part judge what people can do now, and enter `effectiveness`.",
                )
        elif verdict.get("by") in record.ids("participants"):
            yield record.flaw(
                "/effectiveness/by",
                f"{verdict['by']} took part and judges the effect",
                "Let somebody judge who did not take part.",
            )
