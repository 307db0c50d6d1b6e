"""What belongs to one project: the change with major impact, its plan, design, criteria, tests and outcome."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.model.repo import Repo
from smsrepo.model.revision import edition

PLAN = "plan-new-or-changed-service"
REMOVAL = "plan-service-removal"
PLANS = (PLAN, REMOVAL)
_SUBJECTS = ("subject", "change")


def naming(repo: Repo, artefact: Artefact, *types: str) -> list[Artefact]:
    """Artefacts of these types that name this one, drafts left out: a finished plan is withdrawn and still counts."""
    return [one for type_ in types for one in repo.linked(artefact, type_) if one.status != "draft"]


def worked_with(repo: Repo, *types: str) -> Iterator[Artefact]:
    """All of these types that a project was, or is, carried out by.

    What is withdrawn counts while its change was carried out and nothing newer had taken its place.
    """
    for one in (one for type_ in types for one in repo.by_type.get(type_, ())):
        if one.status == "obsolete" and (not live_days(repo, one) or _replaced(repo, one)):
            continue
        if one.status != "draft":
            yield one


def _replaced(repo: Repo, withdrawn: Artefact) -> bool:
    subjects = [(repo.find(id_), field) for field in _SUBJECTS for id_ in withdrawn.ids(field)]
    others = [
        one
        for subject, field in subjects
        if subject
        for one in repo.linked(subject, withdrawn.type.name, by=field)
    ]
    return any(
        one.status == "issued" or (one.status == "obsolete" and one.id > withdrawn.id) for one in others
    )


def major(repo: Repo) -> Iterator[Artefact]:
    """Changes that go through design and transition. What is left of an emergency follows as a change of its own."""
    return (one for one in repo.all("change", major_impact=True) if one.data.get("category") != "emergency")


def change_of(repo: Repo, plan: Artefact) -> Artefact | None:
    """The change that a plan, design or review belongs to."""
    change = repo.find(str(plan.data.get("change", "")))
    return change if change and change.type.name == "change" else None


def changes_of(repo: Repo, about: Artefact) -> list[Artefact]:
    """The changes that a plan, a test or a set of criteria is about, named directly or by their plan."""
    found: dict[str, Artefact] = {}
    for id_ in (id_ for field in _SUBJECTS for id_ in about.ids(field)):
        named = repo.find(id_)
        change = change_of(repo, named) if named and named.type.name == PLAN else named
        if change and change.type.name == "change":
            found[change.id] = change
    return list(found.values())


def live_days(repo: Repo, about: Artefact) -> list[date]:
    """The days on which the changes it is about were carried out, in order."""
    return sorted(day for change in changes_of(repo, about) if (day := change.date("implemented_on")))


def accepted_on(repo: Repo, change: Artefact) -> date | None:
    """The day on which plan and design were first accepted; None while they were not."""
    days = (review.date("reviewed_on") for review in _accepting(repo, change))
    return min((day for day in days if day), default=None)


def accepted_as_it_stands(repo: Repo, plan: Artefact) -> date | None:
    """The day on which the plan was first accepted in the edition that stands; None while it was not."""
    change = change_of(repo, plan)
    reviews = [one for one in _accepting(repo, change) if saw(one, plan)] if change else []
    return min((day for one in reviews if (day := one.date("reviewed_on"))), default=None)


def _accepting(repo: Repo, change: Artefact) -> list[Artefact]:
    return [one for one in repo.linked(change, "design-review") if one.data.get("decision") == "accepted"]


def saw(review: Artefact, plan: Artefact) -> bool:
    """Whether a review looked at the edition of a plan that stands. One that names no revision saw the first."""
    named = [id_.partition("@") for id_ in review.ids("reviewed") if isinstance(id_, str)]
    seen = {edition(revision) for id_, _, revision in named if id_ == plan.id} or {1}
    return edition(plan.data.get("revision")) in seen


def tests_of(repo: Repo, criteria: Artefact) -> list[Artefact]:
    """The test records that verify these criteria."""
    return repo.linked(criteria, "test-record", by="criteria")


def undecided(repo: Repo, test: Artefact, live: date) -> str:
    """What is wrong with the decision on a failed test when the service went live; "" where it was taken together."""
    named = [found for id_ in test.ids("decision") if (found := repo.find(id_))]
    decisions = {
        one.id: one for one in (*named, *repo.linked(test, "decision")) if one.type.name == "decision"
    }
    if not decisions:
        return "no decision was recorded"
    in_time = [one for one in decisions.values() if (day := one.date("decided_on")) and day <= live]
    if not in_time:
        return f"{', '.join(sorted(decisions))} came after that"
    if not any(one.data.get("parties") for one in in_time):
        return f"no other party took part in {', '.join(sorted(one.id for one in in_time))}"
    return ""


def parties(artefact: Artefact, field: str) -> dict[str, date | None]:
    """Who agreed or was told, each with the first day, from a list of `party` and `on`."""
    found: dict[str, date | None] = {}
    for entry in artefact.entries(field):
        party, on = str(entry.get("party", "")), day_in(entry.get("on"))
        known = found.get(party)
        found[party] = min(known, on) if known and on else known or on
    return found


def customers_of(repo: Repo, plan: Artefact) -> tuple[str, ...]:
    """The customers of the service that a plan or outcome is about."""
    service = repo.find(str(plan.data.get("service", "")))
    return service.ids("customers") if service else ()
