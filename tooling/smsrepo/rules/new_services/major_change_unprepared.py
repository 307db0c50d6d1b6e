"""What can shake a service is thought through on paper before anybody decides on it."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.revision import edition
from smsrepo.rules.new_services.projects import PLAN, REMOVAL, accepted_on, major, naming
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "major-change-unprepared",
    severity=ERROR,
    requirements=["5.1-s1", "9.2-s10", "5.2-s2", "5.3-s1", "5.1-s5.1"],
    reads=[
        "change",
        PLAN,
        REMOVAL,
        "service-design",
        "acceptance-criteria",
        "design-review",
        "nonconformity",
    ],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A change with major impact was approved without plan, design, agreed criteria or an accepting review."""
    for change in major(repo):
        if change.data.get("decision") != "approved" or settled_by(repo, change):
            continue
        decided = change.date("decided_on")
        lacking = [*_missing(repo, change), *_late(repo, change, decided)]
        if lacking:
            when = f" on {decided}" if decided else ""
            yield change.flaw(
                "decision",
                f"{change.id} could have a major impact and was approved{when} with {' and '.join(lacking)}",
                "Top management decides on accepted results. Record what there was, and name the change in it. If there"
                f" was nothing, record a nonconformity that names {change.id}: sms new nonconformity.",
            )


def _missing(repo: Repo, change: Artefact) -> list[str]:
    if change.data.get("kind") == "removal":
        return [] if naming(repo, change, REMOVAL) else ["no removal plan"]
    there = {
        "plan": naming(repo, change, PLAN),
        "service design": naming(repo, change, "service-design"),
        "acceptance criteria": _criteria(repo, change),
    }
    return [f"no {name}" for name, found in there.items() if not found]


def _late(repo: Repo, change: Artefact, decided: date | None) -> Iterator[str]:
    """What was there, but not yet agreed or accepted when it was decided."""
    criteria = [] if change.data.get("kind") == "removal" else _criteria(repo, change)
    if criteria and decided and all(_agreed_after(one, decided) for one in criteria):
        yield f"acceptance criteria agreed on {min(str(one.data['agreed_on']) for one in criteria)}"
    accepted = accepted_on(repo, change)
    if accepted is None:
        yield "no review that accepts it"
    elif decided and accepted > decided:
        yield f"a review that accepted it on {accepted}"


def _criteria(repo: Repo, change: Artefact) -> list[Artefact]:
    about = (change, *naming(repo, change, PLAN))
    return [found for one in about for found in naming(repo, one, "acceptance-criteria")]


def _agreed_after(criteria: Artefact, decided: date) -> bool:
    """Whether they were first agreed after a day. A later edition tells nothing of when the first one was."""
    agreed = criteria.date("agreed_on")
    return agreed is not None and agreed > decided and edition(criteria.data.get("revision")) == 1
