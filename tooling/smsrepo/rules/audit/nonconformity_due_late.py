"""How soon a nonconformity is closed follows from its priority."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "nonconformity-due-late",
    severity=WARNING,
    requirements=["4.5.4.2-s8.2", "4.5.4.2-s9.1", "4.5.4.2-s9.2"],
    reads=["nonconformity", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A nonconformity may stay open longer than the interval of its priority allows."""
    for nonconformity in repo.all("nonconformity"):
        priority = nonconformity.data.get("priority")
        limit = on.settings.interval(f"nonconformity_{priority}")
        raised, due = nonconformity.date("raised_on"), nonconformity.date("due")
        if limit and raised and due and due > limit.after(raised):
            yield nonconformity.flaw(
                "due",
                f"priority {priority} means closed by {limit.after(raised)} ({limit.words}), not by {due}",
                "Agree an earlier day with the manager of the area, or give the priority that was meant.",
            )
