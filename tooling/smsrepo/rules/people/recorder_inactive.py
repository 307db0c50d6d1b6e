"""A record is made by somebody who was there."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("recorder-inactive", severity=WARNING, requirements=["4.3.3-s1.1"], reads=["people"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A record names as its recorder somebody who was not active on its day."""
    for record in repo.artefacts:
        if not record.type.is_record:
            continue
        person = on.settings.people.get(str(record.data.get("recorded_by")))
        day = record.date("recorded_on")
        if person and day and not person.active(day):
            there = f"from {person.active_from}" + (f" to {person.active_to}" if person.active_to else "")
            yield record.flaw(
                "recorded_by",
                f"recorded on {day} by {person.name}, who was there {there}",
                "Correct the person or the day. If the record is closed, add a correction, and let the dates in "
                "sms/people.yml say how long the person was there.",
            )
