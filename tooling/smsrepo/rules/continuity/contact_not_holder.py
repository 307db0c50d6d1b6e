"""In an emergency the right person is called."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "contact-not-holder",
    severity=WARNING,
    requirements=["6.3.2-s4.2"],
    reads=["contact-list", "people", "assignments"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A contact list names somebody who has left, or who does not hold the role any more."""
    for contacts in repo.issued("contact-list"):
        for pointer, line in pointed(contacts, "own_people"):
            role = line.get("role", "")
            holders = {person.id for person in on.settings.holders(role, on.as_of)}
            if line.get("person") in on.settings.people and line["person"] not in holders:
                held = ", ".join(sorted(holders)) or "nobody"
                yield contacts.flaw(
                    f"{pointer}/person",
                    f"{line['person']} does not hold the role `{role}` on {on.as_of}; {held} does",
                    "Put the holder on the list, exchange the offline copies, and try the line.",
                )
            deputy = on.settings.people.get(line.get("deputy", ""))
            if deputy and not deputy.active(on.as_of):
                yield contacts.flaw(
                    f"{pointer}/deputy",
                    f"{deputy.id} is not active any more on {on.as_of}",
                    "Name another deputy, and exchange the offline copies.",
                )
