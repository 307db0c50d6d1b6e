"""The requirements ledger: one row for each thing clauses 4 to 9 ask, in our own words."""

from collections.abc import Mapping
from dataclasses import dataclass

from smsrepo.model.repo import Repo

FOLDER = "sms/requirements/"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row. `documents` and `records` are codes of artefact types that serve as evidence;
    `judgement` says that only a person can decide; `reconstructed` that the row was not worded from the text.
    """

    id: str
    clause: str
    item: str
    text: str
    kind: str
    documents: tuple[str, ...]
    records: tuple[str, ...]
    judgement: bool
    reconstructed: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """All rows in the order of the standard; what each clause is about; the names of the kinds of evidence by code."""

    rows: tuple[Requirement, ...]
    kinds: Mapping[str, str]
    clauses: Mapping[str, str]

    def row(self, id_: str) -> Requirement | None:
        """The row with this id."""
        return next((row for row in self.rows if row.id == id_), None)

    def clause(self, number: str) -> str:
        """A clause with its subject: "8.2 Problem management"; the number alone where nobody named it."""
        return f"{number} {self.clauses.get(number, '')}".rstrip()


def read(repo: Repo) -> Ledger:
    """The ledger of a repository; empty where its file is missing or broken."""
    rows: list[Requirement] = []
    kinds: dict[str, str] = {}
    clauses: dict[str, str] = {}
    for path, setting in sorted(repo.settings.items()):
        if path.startswith(FOLDER) and setting.fits:
            kinds.update(setting.data.get("kinds", {}))
            clauses.update(setting.data.get("clauses", {}))
            rows += [
                Requirement(
                    row["id"],
                    row["clause"],
                    row["item"],
                    row["text"],
                    row["kind"],
                    tuple(row.get("documents", ())),
                    tuple(row.get("records", ())),
                    row.get("judgement", False),
                    row["source"] == "reconstructed",
                )
                for row in setting.data.get("rows", ())
            ]
    return Ledger(tuple(rows), kinds, clauses)
