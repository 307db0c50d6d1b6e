"""From a major incident an auditor can walk to the proof that its cause is gone."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "major-incident-thread-broken",
    severity=WARNING,
    requirements=["8.1-s14", "8.2-s5"],
    reads=["incident", "major-incident-review", "problem", "known-error", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The way from a major incident over problem, known error and change to its components is broken."""
    for review in repo.all("major-incident-review", status="closed"):
        incident = repo.find(str(review.data.get("incident", "")))
        for number, id_ in enumerate(review.ids("problems")):
            problem = repo.find(id_)
            if incident and problem and problem.type.name == "problem":
                for broken, hint in _breaks(repo, incident, problem):
                    yield review.flaw(f"/problems/{number}", broken, hint)


def _breaks(repo: Repo, incident: Artefact, problem: Artefact) -> Iterator[tuple[str, str]]:
    if incident.id not in problem.ids("incidents") and incident.data.get("problem") != problem.id:
        yield f"{problem.id} does not name {incident.id}", "Add the incident to its `incidents`."
    if "cause" in problem.data and not repo.linked(problem, "known-error", by="problem"):
        yield (
            f"the cause of {incident.id} is known in {problem.id}, and no known error was recorded",
            f"Record it: sms new known-error --set problem={problem.id}",
        )
    touched = frozenset(incident.ids("components"))
    changes = [change for id_ in problem.ids("changes") if (change := repo.find(id_))]
    if touched and changes and not any(touched & set(change.ids("components")) for change in changes):
        yield (
            f"no change of {problem.id} touches a component of {incident.id}",
            "Correct the components, or name the change that removes the cause.",
        )
