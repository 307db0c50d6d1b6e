"""Not major is a judgement too."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import applies_on
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "high-priority-not-judged-major",
    severity=WARNING,
    requirements=["8.1-s10", "8.1-s11"],
    reads=["incident", "definition"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An incident of priority 1 is not major, and does not answer the thresholds or answers one with yes."""
    definitions = [one for one in repo.issued("definition") if one.data.get("term") == "major-incident"]
    for incident in repo.all("incident", priority=1, major=False):
        reported = incident.date("reported_at")
        if reported is None or not any(applies_on(one, reported) for one in definitions):
            continue
        judged = incident.entries("major_judged")
        reached = [str(one.get("criterion", "")) for one in judged if one.get("reached")]
        if reached:
            message = f"{incident.id} reached “{reached[0]}” and is not declared major"
            yield incident.flaw(
                "major", message, "Declare it major and follow the procedure for major incidents."
            )
        elif not judged:
            message = f"{incident.id} has priority 1, and no threshold of a major incident is answered"
            hint = "Enter each threshold of the agreed definition with its answer in `major_judged`."
            yield incident.flaw("major", message, hint)
