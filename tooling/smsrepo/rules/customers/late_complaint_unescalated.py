"""When the usual way takes too long, somebody higher up hears of it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("late-complaint-unescalated", severity=ERROR, requirements=["7.1-s12"], reads=["complaint"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A complaint was not answered in time and not escalated."""
    for complaint in repo.all("complaint"):
        due, answered = complaint.date("due"), complaint.date("answered_on")
        if (
            due is None
            or (answered or on.as_of) <= due
            or isinstance(complaint.data.get("escalations"), list)
        ):
            continue
        how = f"was answered on {answered}" if answered else "has no answer"
        yield complaint.flaw(
            "due",
            f"{complaint.id} was due on {due}, {how} and was not escalated",
            "Tell the next level of the complaint procedure today, and enter that under `escalations`.",
        )
