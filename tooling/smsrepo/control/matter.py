"""What a person is about to sign, and the statements that say it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from smsrepo.control.lineage import Lineage, Revision
from smsrepo.control.people import Person
from smsrepo.control.statement import MEANINGS, Statement, Subject
from smsrepo.control.subjects import previous_digest


class Matter(NamedTuple):
    """Something a person may sign, weighed already: as each of `roles`, one statement for each.

    `before` and `after` are the ids of the contents that it replaces and brings; "" where there is none.
    """

    action: str
    subject: Subject
    roles: tuple[str, ...]
    title: str
    path: str
    summary: str
    before: str = ""
    after: str = ""

    @property
    def name(self) -> str:
        """Such as "POL-001 1.1", or the path of a policy file."""
        return f"{self.subject.name} {self.subject.revision}".strip()


def about_document(action: str, lineage: Lineage, revision: Revision, roles: Iterable[str]) -> Matter:
    """An act on a revision; what it replaces is the approved revision before it."""
    version, digest = revision.version, previous_digest(lineage, revision)
    before = lineage.find(digest) if digest else None
    return Matter(
        action, Subject("document", version.id, version.revision, version.digest, digest), tuple(roles),
        str(version.fields.get("title", "")), version.path, str(version.fields.get("summary_of_change", "")),
        before.version.blob if before else "", version.blob,
    )  # fmt: skip


def statements(
    matters: Iterable[Matter], person: Person, repository: str, now: datetime, reason: str = ""
) -> list[Statement]:
    """One statement for each action and role, over all that is decided so."""
    groups: dict[tuple[str, str], list[Subject]] = {}
    for matter in matters:
        for role in matter.roles:
            groups.setdefault((matter.action, role), []).append(matter.subject)
    return [
        Statement(
            repository, action, person.id, person.name, role, MEANINGS[action], now.replace(microsecond=0), "signed",
            tuple(subjects), reason,
        )
        for (action, role), subjects in groups.items()
    ]  # fmt: skip
