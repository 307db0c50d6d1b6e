"""Views of the requirements from another text: a later edition of the standard, a code of practice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smsrepo.conformity.coverage import Covered, State
from smsrepo.conformity.ledger import FOLDER
from smsrepo.model.repo import Repo

PREFIX = f"{FOLDER}crosswalk-"


@dataclass(frozen=True, slots=True)
class Entry:
    """A subject or recommendation of the other text. `maps_to` are rows of the ledger, or whole clauses."""

    id: str
    text: str
    clauses: tuple[str, ...]
    maps_to: tuple[str, ...]
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """What one file says; `name` is how people ask for it. Without entries the file could not be read."""

    name: str
    path: str
    title: str
    to: str
    about: str
    unit: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Viewed:
    """An entry with the rows it maps to and the worst of their states; None where it maps to nothing.

    `unknown` are the rows it names that the ledger does not have: then nobody can say more than "gap".
    """

    entry: Entry
    state: State | None
    rows: tuple[Covered, ...]
    unknown: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps the worst rows from being met, each once."""
        worst = [text for row in self.rows if row.state is self.state for text in row.missing]
        told = [f"the ledger has no row {id_}" for id_ in self.unknown]
        return tuple(dict.fromkeys(told + worst))

    @property
    def next_command(self) -> str:
        """The next command of the worst row that has one."""
        return next((r.next_command for r in self.rows if r.state is self.state and r.next_command), "")


def names(repo: Repo) -> tuple[str, ...]:
    """The names of the crosswalks that exist."""
    found = (path for path in repo.paths if path.startswith(PREFIX) and path.endswith(".yml"))
    return tuple(path.removeprefix(PREFIX).removesuffix(".yml") for path in sorted(found))


def read(repo: Repo, name: str) -> Crosswalk:
    """One crosswalk; without title and entries where its file cannot be used."""
    path = f"{PREFIX}{name}.yml"
    setting = repo.settings.get(path)
    return _crosswalk(name, path, setting.data if setting and setting.fits else {})


def readable(repo: Repo) -> list[Crosswalk]:
    """All crosswalks whose files can be used."""
    return [found for name in names(repo) if (found := read(repo, name)).entries]


def unusable(repo: Repo) -> list[str]:
    """The paths of the crosswalks that are left out, because their files cannot be used."""
    return [found.path for name in names(repo) if not (found := read(repo, name)).entries]


def view(crosswalk: Crosswalk, coverage: Iterable[Covered]) -> tuple[Viewed, ...]:
    """How each entry stands, in the order of the file: as the worst of the rows it maps to."""
    rows = tuple(coverage)
    below: dict[str, list[Covered]] = {}
    for row in rows:
        below.setdefault(row.requirement.id, []).append(row)
        steps = row.requirement.clause.split(".")
        for depth in range(2, len(steps) + 1):
            below.setdefault(".".join(steps[:depth]), []).append(row)
    return tuple(_viewed(entry, below) for entry in crosswalk.entries)


def worst_first(entries: Iterable[Viewed]) -> list[Viewed]:
    """Gaps first, what maps to nothing last; within a state in the order of the file."""
    order: list[State | None] = [*State, None]
    return sorted(entries, key=lambda viewed: order.index(viewed.state))


def naming(crosswalk: Crosswalk, row: str, clause: str) -> list[Entry]:
    """The entries that name a row, or a clause it stands in."""
    return [entry for entry in crosswalk.entries if any(_covers(id_, row, clause) for id_ in entry.maps_to)]


def _covers(named: str, row: str, clause: str) -> bool:
    return named == row or clause == named or clause.startswith(f"{named}.")


def _viewed(entry: Entry, below: dict[str, list[Covered]]) -> Viewed:
    unknown = tuple(id_ for id_ in entry.maps_to if id_ not in below)
    rows = {row.requirement.id: row for id_ in entry.maps_to for row in below.get(id_, ())}
    states: Sequence[State] = [row.state for row in rows.values()]
    if unknown:
        states = [State.GAP]
    worst = min(states, key=list(State).index) if states else None
    return Viewed(entry, worst, tuple(rows.values()), unknown)


def _crosswalk(name: str, path: str, data: Mapping[str, Any]) -> Crosswalk:
    entries = tuple(
        Entry(
            entry["id"],
            entry["text"],
            tuple(entry["clauses"]),
            tuple(entry["maps_to"]),
            entry.get("confidence", ""),
            entry.get("note", ""),
        )
        for entry in data.get("entries", ())
    )
    title, to, about, unit = (str(data.get(key, "")) for key in ("title", "to", "about", "unit"))
    return Crosswalk(name, path, title, to, about, unit, entries)
