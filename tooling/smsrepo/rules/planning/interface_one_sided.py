"""What one process hands on, the other one expects."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.other_parties.processes import PROCESSES, descriptions
from smsrepo.rules.rule import ERROR, Context, rule

_SIDES = (("outputs", "to", "inputs", "from", "no input"), ("inputs", "from", "outputs", "to", "no output"))


@rule("interface-one-sided", severity=ERROR, requirements=["4.5.2-i", "4.2-b"], reads=[*PROCESSES])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A process names an output to another process, or an input from it, and the other side does not."""
    processes = {process.id: process for process in descriptions(repo)}
    known = {
        (process.id, field, _words(entry), entry.get(end))
        for process in processes.values()
        for field, end, _, _, _ in _SIDES
        for _, entry in _entries(process, field)
    }
    for process in processes.values():
        for field, end, mirror, back, lacking in _SIDES:
            for number, entry in _entries(process, field):
                other = processes.get(str(entry.get(end)))
                if other and (other.id, mirror, _words(entry), process.id) not in known:
                    yield process.flaw(
                        f"/{field}/{number}/what",
                        f"{other.id} names {lacking} `{entry.get('what', '')}` {back} {process.id}",
                        f"Add it to `{mirror}` of {other.id} in the same words, or take it out here.",
                    )


def _entries(process: Artefact, field: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    yield from enumerate(process.data.get(field, ()))


def _words(entry: Mapping[str, Any]) -> str:
    return " ".join(str(entry.get("what", "")).casefold().split())
