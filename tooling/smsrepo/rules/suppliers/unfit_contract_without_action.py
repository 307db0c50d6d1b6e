"""A contract that no longer fits is changed; finished or dropped work does not change it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import can_answer


@rule(
    "unfit-contract-without-action",
    severity=ERROR,
    requirements=["7.2-s10"],
    reads=["supplier-review", "action", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A contract no longer fits, and what was named to change it was dropped or done before the review."""
    for review in repo.all("supplier-review", contract_still_fits=False):
        named = review.ids("actions")
        answers = [answer for id_ in named if (answer := repo.find(id_))]
        if len(answers) < len(named) or any(can_answer(answer, review.date("held_on")) for answer in answers):
            continue
        what = f"nothing open follows from {', '.join(named)}" if named else "nothing follows"
        yield review.flaw(
            "contract_still_fits",
            f"{review.data.get('contract', '')} no longer fits and {what}",
            "Request the change of the contract (sms new change) and name it in `actions`.",
        )
