"""The register of other parties and the agreements with them say the same."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.other_parties.processes import PROCESSES, descriptions, in_agreements
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import applies

_PARTY = {"ola": "group", "supplier-contract": "supplier"}


@rule(
    "other-party-part-unlisted",
    severity=ERROR,
    requirements=["4.2-s1"],
    reads=[*PROCESSES, *_PARTY, "other-party-process"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """What another party runs stands in its agreement, in the register or in the process, but not in all of them."""
    entries = list(repo.issued("other-party-process"))
    listed = {
        (party, _process(repo, part))
        for entry in entries
        for party in entry.ids("party")
        for part in _parts(entry)
    }
    parties = {party for entry in entries for party in entry.ids("party")}
    agreed: set[tuple[str, str]] = set()
    for type_, field in _PARTY.items():
        for agreement in repo.all(type_):
            party = str(agreement.data.get(field, ""))
            if not applies(agreement, on.as_of):
                continue
            agreed.add((agreement.id, ""))
            if party not in parties:
                message = (
                    f"the register does not say which parts of processes {party} runs, or that it runs none"
                )
                yield agreement.flaw(field, message, "Make an entry: sms new other-party-process.")
                continue
            for number, part in enumerate(_parts(agreement, "processes_operated")):
                agreed.add((agreement.id, str(part.get("process"))))
                if (party, str(part.get("process"))) not in listed:
                    message = (
                        f"{party} runs a part of {part.get('process')}, and the register does not say so"
                    )
                    hint = f"Add the part to the entry of {party}."
                    yield agreement.flaw(f"/processes_operated/{number}/process", message, hint)
    yield from _register(repo, entries, agreed)
    outsourced = {part.get("process") for entry in entries for part in _parts(entry)}
    for process in descriptions(repo):
        if process.data.get("operated_by") == "other-party" and process.id not in outsourced:
            hint = "Make an entry with the party that runs it, or correct `operated_by`."
            yield process.flaw("operated_by", f"no entry of the register says who runs {process.id}", hint)


def _register(repo: Repo, entries: list[Artefact], agreed: set[tuple[str, str]]) -> Iterator[Flaw]:
    """Parts of the register that the agreement named there does not have, where it can have any."""
    for entry in entries:
        agreement = str(entry.data.get("agreement", ""))
        for number, part in enumerate(_parts(entry)):
            name = _process(repo, part)
            if (agreement, "") in agreed and name and (agreement, name) not in agreed:
                yield entry.flaw(
                    f"/parts/{number}/process",
                    f"{agreement} does not say that the party runs a part of {name}",
                    f"Agree it and add it to `processes_operated` of {agreement}, or take it out here.",
                )


def _parts(artefact: Artefact, field: str = "parts") -> list[dict[str, object]]:
    found = artefact.data.get(field)
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _process(repo: Repo, part: dict[str, object]) -> str:
    return in_agreements(repo, part.get("process"))
