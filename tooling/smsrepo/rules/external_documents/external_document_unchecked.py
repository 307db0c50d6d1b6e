"""Somebody looks whether a newer edition is out."""

from collections.abc import Iterator

from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("external-document-unchecked", severity=ERROR, requirements=["4.3.2-g"], reads=["external-document"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Nobody has looked in time whether the edition of an external document still holds."""
    for entry in repo.by_type.get("external-document", ()):
        checked, every = entry.date("checked_on"), entry.data.get("check_every")
        if not entry.active or checked is None or not isinstance(every, str):
            continue
        interval = Duration(every)
        due = interval.after(checked)
        if due < on.as_of:
            last = f"{entry.id} was last checked on {checked}"
            hint = "Look whether the edition still holds, and set the day in a new revision."
            words = f"the next check was due by {due} (every {interval.words})"
            yield entry.flaw("checked_on", f"{last}; {words}", hint)
