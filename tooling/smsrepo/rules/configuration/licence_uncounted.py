"""A number in use is true on the day of the count."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("licence-uncounted", severity=WARNING, requirements=["4.1.4-d"], reads=["licence", "control"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The use of a licence was not counted within the planned interval."""
    interval = on.settings.interval("licence_count")
    for licence in repo.issued("licence"):
        counted = licence.date("counted_on")
        if interval and counted and licence.active and on.as_of > interval.after(counted):
            yield licence.flaw(
                "counted_on",
                f"{licence.id} was last counted on {counted}; planned is every {interval.words}",
                "Count what is in use, and revise the entry with the number and the day.",
            )
