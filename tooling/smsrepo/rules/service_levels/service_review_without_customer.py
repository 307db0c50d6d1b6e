"""A review with the customer has the customer in it."""

import re
from collections.abc import Iterator

from smsrepo.control.settings import PEOPLE
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_NOBODY = frozenset({"", "n/a", "none", "nobody", "no one", "nil", "tbd"})


@rule(
    "service-review-without-customer",
    severity=ERROR,
    requirements=["6.1-s7.1", "7.1-s6"],
    reads=["service-review", "people"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Nobody of the customer took part in a service review."""
    ours = _ours(repo)
    for review in repo.all("service-review"):
        attendees = review.data.get("attendees_customer")
        if isinstance(attendees, list) and all(_is_ours(attendee, ours) for attendee in attendees):
            named = ", ".join(f"`{attendee}`" for attendee in attendees) or "nobody"
            yield review.flaw(
                "attendees_customer",
                f"{review.id} names {named} for the customer: nobody from outside the organisation",
                "Name who took part for the customer. If nobody did, hold the review with the customer.",
            )


def _ours(repo: Repo) -> frozenset[str]:
    """Ids and names of the people who work for the organisation."""
    found = repo.settings.get(PEOPLE)
    people = found.data["people"] if found and found.fits else ()
    ours = [person for person in people if person["organisation"] == "internal"]
    return frozenset(_plain(person[field]) for person in ours for field in ("id", "name"))


def _is_ours(attendee: str, ours: frozenset[str]) -> bool:
    """Whether an attendee ("Name, function") is one of ours, or no name at all."""
    name = _plain(re.split(r"[,(;:/]", attendee)[0])
    return name in ours or name.strip(" .-–") in _NOBODY or _plain(attendee) in _NOBODY


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
