"""A process that runs leaves its records."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lifecycle import effective_since, in_force
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.other_parties.processes import PROCESSES, descriptions
from smsrepo.rules.rule import WARNING, Context, rule

_WINDOW = Duration("P12M")
"""A year: what a surveillance audit looks back on."""


@rule(
    "produced-record-missing",
    severity=WARNING,
    requirements=["4.3.3-s1.1"],
    reads=[*PROCESSES, "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A process names a type of record that it leaves, and for a year there has been none."""
    begin = on.settings.operating_since
    if begin is None:
        return
    latest = _latest(repo)
    for process in descriptions(repo):
        if not in_force(process, on.as_of):
            continue
        since = max(begin, effective_since(process) or begin)
        for number, name in enumerate(process.ids("produces")):
            last = max(since, latest.get(name, since))
            if _judged(repo, name) and _WINDOW.after(last) < on.as_of:
                yield process.flaw(
                    f"/produces/{number}",
                    f"{process.id} leaves records of type `{name}`, and none is newer than {last}",
                    f"Record what happened: sms new {name}. If there was nothing to record for a year, say so in a "
                    "waiver with the reason and an end: it is approved, and so is the nil.",
                )


def _judged(repo: Repo, name: str) -> bool:
    """Types with a planned interval have a rule of their own; of broken files nobody knows the day."""
    type_ = repo.types.get(name)
    return type_ is not None and type_.is_record and type_.every is None and name not in repo.broken_types


def _latest(repo: Repo) -> dict[str, date]:
    """The day of the newest record of each type."""
    found: dict[str, date] = {}
    for record in repo.artefacts:
        day = record.date("recorded_on") if record.type.is_record else None
        if day:
            found[record.type.name] = max(day, found.get(record.type.name, day))
    return found
