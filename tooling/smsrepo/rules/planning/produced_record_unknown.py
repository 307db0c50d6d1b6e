"""A process leaves records that exist as a type."""

from collections.abc import Iterator

from smsrepo.model.closest import did_you_mean
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.other_parties.processes import PROCESSES, descriptions
from smsrepo.rules.rule import ERROR, Context, rule


@rule("produced-record-unknown", severity=ERROR, requirements=["4.5.3-e"], reads=[*PROCESSES])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A process description names a type of record that there is not."""
    records = [name for name, type_ in repo.types.items() if type_.is_record]
    for process in descriptions(repo):
        for number, name in enumerate(process.ids("produces")):
            if name not in records and name not in repo.broken_types:  # then its schema may be broken
                hint = "Name the type as its schema in schemas/records/ is called."
                yield process.flaw(
                    f"/produces/{number}",
                    f"there is no type of record `{name}`",
                    did_you_mean(name, records, hint),
                )
