"""What is used was bought."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("licence-overused", severity=WARNING, requirements=["4.1.4-d"], reads=["licence"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """More units of a licence are in use than were bought."""
    for licence in repo.issued("licence"):
        used, bought = licence.data.get("in_use", 0), licence.data.get("entitlement", 0)
        if used > bought:
            yield licence.flaw(
                "in_use",
                f"{used} in use and {bought} bought ({licence.data.get('metric', 'units')}): {used - bought} too many",
                "Buy what is missing or take it out of use, tell the management representative, and revise the entry.",
            )
