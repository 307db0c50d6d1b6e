"""An old workaround can do harm."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "knowledge-unchecked",
    severity=ERROR,
    requirements=["8.2-s9", "8.1-s5"],
    reads=["known-error", "knowledge-article", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An open known error or a current knowledge article was not checked for longer than the planned interval."""
    limit = on.settings.interval("knowledge_check")
    if limit is None:
        return
    for record in (*repo.all("known-error", status="open"), *repo.all("knowledge-article", status="current")):
        checked = record.date("verified_on")
        if checked and limit.after(checked) < on.as_of:
            yield record.flaw(
                "verified_on",
                f"{record.id} was last checked on {checked}; every {limit.words} is planned",
                "Try symptom and steps once more and enter the day, or close or withdraw it.",
            )
