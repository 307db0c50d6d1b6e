"""What comes back has a cause that somebody must look for."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import Duration, duration_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "recurring-incidents-without-problem",
    severity=WARNING,
    requirements=["8.2-s4"],
    reads=["incident", "problem", "process-problem-management"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Incidents of one component and category came as often as the process allows, and no problem names them."""
    for process in repo.issued("process-problem-management"):
        recurrence = process.data.get("recurrence", {})
        many, within = recurrence.get("incidents"), duration_in(recurrence.get("within"))
        if isinstance(many, int) and within:
            for (component, category), found in _groups(repo).items():
                if last := _crowded(found, many, within):
                    yield last.flaw(
                        "category",
                        f"{many} incidents of category {category} at {component} within {within.words}, "
                        f"and no problem names one of them",
                        "Open a problem that names them: sms new problem.",
                    )
        return


def _groups(repo: Repo) -> dict[tuple[str, str], list[tuple[date, Artefact]]]:
    """Incidents whose cause nobody looks for or knows, by component and category, oldest first."""
    groups: dict[tuple[str, str], list[tuple[date, Artefact]]] = defaultdict(list)
    for incident in repo.all("incident"):
        day = incident.date("reported_at")
        if day is None or _followed_up(repo, incident):
            continue
        for component in incident.ids("components"):
            groups[component, str(incident.data.get("category", ""))].append((day, incident))
    for found in groups.values():
        found.sort(key=lambda entry: (entry[0], entry[1].id))
    return groups


def _followed_up(repo: Repo, incident: Artefact) -> bool:
    """Whether a problem is about it, or a known error explains it."""
    named = {"problem", "known_error"} & incident.data.keys()
    return bool(named) or bool(repo.linked(incident, "problem", by="incidents"))


def _crowded(found: Sequence[tuple[date, Artefact]], many: int, within: Duration) -> Artefact | None:
    """The last incident of the newest window that holds so many."""
    for end in range(len(found) - 1, many - 2, -1):
        if many > 0 and within.after(found[end - many + 1][0]) >= found[end][0]:
            return found[end][1]
    return None
