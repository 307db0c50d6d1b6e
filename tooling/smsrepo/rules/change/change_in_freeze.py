"""There are days on which nobody wants surprises."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.change.policy import policy_on
from smsrepo.rules.rule import ERROR, Context, rule


@rule("change-in-freeze", severity=ERROR, requirements=["9.2-s16.1"], reads=["change", "policy-change"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A normal change is planned or was made in a freeze period without an exception."""
    for change in repo.all("change", category="normal"):
        field = "implemented_on" if change.date("implemented_on") else "scheduled_for"
        day = change.date(field)
        if day is None or change.status == "rejected" or "freeze_exception" in change.data:
            continue
        for period in policy_on(repo, day).get("freeze_periods", ()):
            if _within(f"{day:%m-%d}", period["from"], period["to"]):
                what = "was made" if field == "implemented_on" else "is planned"
                yield change.flaw(
                    field,
                    f"{change.id} {what} on {day}, within the freeze `{period['name']}`"
                    f" ({period['from']} to {period['to']})",
                    "Plan another day, or enter in `freeze_exception` who allowed the exception and why.",
                )


def _within(day: str, first: str, last: str) -> bool:
    """Whether a day of any year lies in a period, which may pass over the turn of the year."""
    return first <= day <= last if first <= last else day >= first or day <= last
