"""A cause that is gone causes nothing."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "solved-problem-recurs",
    severity=ERROR,
    requirements=["8.2-s8.1", "8.2-s8.2"],
    reads=["problem", "incident"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An incident is put down to a problem whose solution was judged effective before it happened."""
    for problem in repo.all("problem"):
        effective = problem.data.get("effect", {}).get("verdict") == "effective"
        resolved = problem.date("resolved_on")
        if not effective or resolved is None or repo.linked(problem, "problem", by="links"):
            continue
        for incident, record, pointer in _incidents(repo, problem):
            reported = incident.date("reported_at")
            if reported and reported > resolved:
                yield record.flaw(
                    pointer,
                    f"{incident.id} of {reported} is put down to {problem.id}, whose cause was removed on {resolved}",
                    f"Open a new problem that has {problem.id} in its `links`, or correct the cause of the incident.",
                )


def _incidents(repo: Repo, problem: Artefact) -> Iterator[tuple[Artefact, Artefact, str]]:
    for number, id_ in enumerate(problem.ids("incidents")):
        if incident := repo.find(id_):
            yield incident, problem, f"/incidents/{number}"
    for incident in repo.linked(problem, "incident", by="problem"):
        if incident.id not in problem.ids("incidents"):
            yield incident, incident, "/problem"
