"""What does not protect is mended; finished or dropped work does not mend it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import can_answer


@rule(
    "ineffective-control-without-action",
    severity=ERROR,
    requirements=["6.6.2-s5.1"],
    reads=["control-review", "action", "change", "improvement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A security control was found ineffective, and what was named to mend it was dropped or done before."""
    for review in repo.all("control-review"):
        for number, id_ in enumerate(review.ids("ineffective")):
            answer = repo.find(id_)
            if answer and not can_answer(answer, review.date("reviewed_on")):
                yield review.flaw(
                    f"/ineffective/{number}",
                    f"{id_} cannot make the control work: it was dropped, or done before the review",
                    "Decide an action that makes it work (sms new action), and name that.",
                )
