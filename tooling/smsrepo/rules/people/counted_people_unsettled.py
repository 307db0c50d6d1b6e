"""People without records of their own are counted to the last one."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "counted-people-unsettled",
    severity=WARNING,
    requirements=["4.4.2-b", "4.4.2-d"],
    reads=["communication", "competence-record"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Of the people a record counts, more were reached than there are, or nothing says what became of the rest."""
    for record in (*repo.all("communication"), *repo.all("competence-record")):
        others = record.data.get("others")
        if not isinstance(others, dict):
            continue
        all_, reached = others.get("of", 0), others.get("reached", 0)
        if reached > all_:
            message = f"{reached} of {all_} were reached"
            yield record.flaw("/others/reached", message, "Compare the figures with the list.")
        elif reached < all_ and "rest" not in others:
            message = f"{reached} of {all_} were reached; nothing says what became of the rest"
            yield record.flaw(
                "/others/reached", message, "Say in `rest` by when they are, or why they are not."
            )
        named = len(record.ids("participants"))
        attended = record.data.get("attended", named + reached)
        if attended != named + reached:
            message = f"{attended} took part, but {named} are named and {reached} counted"
            yield record.flaw("attended", message, "Name those in sms/people.yml, and count all others.")
