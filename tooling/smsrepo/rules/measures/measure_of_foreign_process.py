"""A process is judged by measures of its own."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.other_parties.processes import PROCESSES, descriptions
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "measure-of-foreign-process",
    severity=ERROR,
    requirements=["4.5.4.1-s1", "4.5.3-e"],
    reads=[*PROCESSES, "measure"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A process description names a measure whose subject is something else."""
    for process in descriptions(repo):
        for number, id_ in enumerate(process.ids("measures")):
            measure = repo.find(id_)
            subject = measure.data.get("subject") if measure else None
            if subject is not None and subject != process.id:
                yield process.flaw(
                    f"/measures/{number}",
                    f"{id_} measures {subject}",
                    f"Name a measure with `subject: {process.id}`, or correct the subject of {id_}.",
                )
