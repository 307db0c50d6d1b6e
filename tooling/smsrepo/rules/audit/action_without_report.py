"""Results go back to those who asked for them."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.audit.occasions import day_of, first_after, occasions
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "action-without-report",
    severity=WARNING,
    requirements=["4.5.4.2-s10.2"],
    reads=["action", "audit-report", "management-review"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The result of a verified action reached no audit report and no management review."""
    dated = occasions(repo, on.as_of)
    for action in repo.all("action", status="verified"):
        verified = action.date("verified_on")
        occasion = first_after(dated, verified) if verified else None
        if verified is None or occasion is None:
            continue
        named = [repo.find(id_) for id_ in action.ids("reported_to")]
        named += [*repo.linked(action, "audit-report"), *repo.linked(action, "management-review")]
        if not any(record is None or (day := day_of(record)) is None or day >= verified for record in named):
            yield action.flaw(
                "verified_on",
                f"{action.id} was verified on {verified}, and nothing since reports its result; "
                f"{occasion.record.id} was on {occasion.day}",
                "Name the audit report or management review in `reported_to`, or put it before the next one.",
            )
