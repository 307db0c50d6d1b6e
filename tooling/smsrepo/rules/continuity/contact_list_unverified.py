"""Numbers age faster than plans."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "contact-list-unverified",
    severity=ERROR,
    requirements=["6.3.2-s4.2"],
    reads=["contact-list", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The lines of a contact list were last tried longer ago than planned."""
    interval = on.settings.interval("contact_list_check")
    for contacts in repo.issued("contact-list"):
        tried = contacts.date("verified_on")
        if interval and tried and interval.after(tried) < on.as_of:
            yield contacts.flaw(
                "verified_on",
                f"the lines were last tried on {tried}; the next time was due by {interval.after(tried)}",
                "Call every line, mend what is wrong, and issue a new revision with the day.",
            )
