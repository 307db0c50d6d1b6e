"""What is wrong is put right without undue delay."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.words import count
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "nonconformity-overdue",
    severity=WARNING,
    requirements=["4.5.4.2-s9.1", "4.5.4.2-s9.2"],
    reads=["nonconformity"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A nonconformity is open past the day by which it should be closed."""
    for nonconformity in repo.all("nonconformity", status="open"):
        due = nonconformity.date("due")
        if due and due < on.as_of:
            late = (on.as_of - due).days
            yield nonconformity.flaw(
                "due",
                f"{nonconformity.id} was due on {due} and is still open, {count(late, 'day')} later",
                "Close it, or ask the next management review for what it lacks.",
            )
