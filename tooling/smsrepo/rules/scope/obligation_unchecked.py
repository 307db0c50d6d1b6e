"""Somebody looks whether a duty has changed and is met."""

from collections.abc import Iterator

from smsrepo.model.duration import duration_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "obligation-unchecked",
    severity=ERROR,
    requirements=["4.5.2-d"],
    reads=["obligation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Nobody has looked in time whether an obligation still reads the same and is met."""
    for entry in repo.issued("obligation"):
        checked, every = entry.date("checked_on"), duration_in(entry.data.get("check_every"))
        if checked and every and every.after(checked) < on.as_of:
            yield entry.flaw(
                "checked_on",
                f"{entry.id} was last looked at on {checked}; due by {every.after(checked)} (every {every.words})",
                "Look whether it has changed and is met, and enter day and result in a new revision.",
            )
