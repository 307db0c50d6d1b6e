"""A promise to customers rests on what others can really deliver."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLAN, accepted_as_it_stands, worked_with
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "contributor-unevaluated",
    severity=ERROR,
    requirements=["5.2-s10", "5.2-s11.1"],
    reads=[PLAN, "change", "design-review", "capability-evaluation"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The design was accepted before a contributor of the plan had been evaluated and found fit."""
    for plan in worked_with(repo, PLAN):
        accepted = accepted_as_it_stands(repo, plan)
        if accepted is None:
            continue
        in_time = [
            one
            for one in repo.linked(plan, "capability-evaluation")
            if (day := one.date("evaluated_on")) and day <= accepted
        ]
        for index, entry in enumerate(plan.entries("contributors")):
            party = str(entry.get("party", ""))
            if problem := _problem([one for one in in_time if one.data.get("party") == party]):
                yield plan.flaw(
                    f"/contributors/{index}/party",
                    f"the design was accepted on {accepted}, but {party} {problem}",
                    "Evaluate whether the party can do what the requirements ask of it: sms new capability-evaluation."
                    " If it cannot, find another way.",
                )


def _problem(about: list[Artefact]) -> str:
    if not about:
        return "had not been evaluated by then"
    latest = max(about, key=lambda one: str(one.data.get("evaluated_on", "")))
    return f"was found unfit ({latest.id})" if latest.data.get("verdict") == "unfit" else ""
