"""A record tells what has happened."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("date-in-future", severity=ERROR, requirements=["4.3.3-s1.1"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A record is dated after the day of the check."""
    for artefact in repo.artefacts:
        if artefact.type.is_record:
            day = artefact.date("recorded_on")
            if day and day > on.as_of:
                yield artefact.flaw(
                    "recorded_on", f"the record is dated {day}, after {on.as_of}", "Correct the date."
                )
