"""Results are compared with what was agreed, by name."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.closest import did_you_mean
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLAN, worked_with
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "unknown-criterion",
    severity=ERROR,
    requirements=["5.4-s2"],
    reads=["acceptance-criteria", "test-record", "service-design", "change", PLAN],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A test case or a design names an acceptance criterion that was never agreed."""
    for test in repo.all("test-record"):
        yield from _unknown(test, "cases", repo.find(str(test.data.get("criteria", ""))))
    for design in worked_with(repo, "service-design"):
        plan = repo.find(str(design.data.get("plan", "")))
        agreed = repo.find(str(plan.data.get("acceptance_criteria", ""))) if plan else None
        yield from _unknown(design, "requirement_trace", agreed)


def _unknown(artefact: Artefact, field: str, agreed: Artefact | None) -> Iterator[Flaw]:
    """Entries of a field whose criterion the agreed set does not hold."""
    known = [str(entry.get("id")) for entry in agreed.entries("criteria")] if agreed else []
    for index, entry in enumerate(artefact.entries(field)):
        named = entry.get("criterion")
        if isinstance(named, str) and named not in known:
            where = (
                f"{agreed.id} has no criterion" if agreed else "no acceptance criteria are named that hold"
            )
            hint = did_you_mean(named, known, "Use the id of a criterion that was agreed.")
            yield artefact.flaw(f"/{field}/{index}/criterion", f"{where} `{named}`", hint)
