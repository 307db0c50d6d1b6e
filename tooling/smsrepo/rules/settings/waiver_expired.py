"""A waiver is an exception for a time."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.settings import WAIVERS
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("waiver-expired", severity=ERROR, waivable=False, requirements=["4.5.4.1-s5.2"], reads=["waivers"])
def check(_repo: Repo, on: Context) -> Iterator[Flaw]:
    """A waiver has run out."""
    for number, waiver in on.settings.waivers():
        until = date.fromisoformat(waiver["until"])
        if until < on.as_of:
            message = f"the waiver of {waiver['rule']} for {waiver['artefact']} ended on {until}"
            hint = "Mend what it covered and delete the entry, or have a new date approved."
            yield Flaw(WAIVERS, message, hint, f"/waivers/{number}/until")
