"""What git tells of the past: the steps of the main branch, oldest first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple


class Blob(NamedTuple):
    """The content of a file as git keeps it: the mode as git writes it ("100644") and the object id."""

    mode: str
    id: str


class Change(NamedTuple):
    """A path before and after a step; None where it did not exist."""

    path: str
    before: Blob | None
    after: Blob | None


@dataclass(frozen=True, slots=True)
class Step:
    """One first-parent step of the main branch: what a push or a merged pull request brought.

    `claimed` is the committer's clock. `entered` never runs backwards: it is the latest `claimed` of this step
    and all before it, so that a back-dated commit gains nothing. `authors` are, for each changed path, the
    mail addresses (in small letters) of everyone who wrote, committed or co-wrote it in the commits that the
    step brought, and the public keys ("TYPE BASE64") that signed those commits. `unseparated` are those named only
    as co-authors of a squashed commit: who wrote which of its files cannot be told from git.
    """

    commit: str
    parent: str
    claimed: datetime
    entered: datetime
    changes: tuple[Change, ...]
    authors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unseparated: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        """The day (UTC) on which the step entered the main branch."""
        return self.entered.astimezone(UTC).date()


class Facts(NamedTuple):
    """What document control needs to know of a file's content.

    `fields` are the control fields of its header; None where the file is no document or record, or cannot be
    read. `substance` is a digest of everything a withdrawal or a correction may not touch: the body and all
    fields but revision, status, dates of validity, authorship, summary and corrections.
    """

    sha256: str
    size: int
    fields: Mapping[str, Any] | None = None
    substance: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The main branch since document control began.

    `genesis` is the step that brought sms/genesis.yml (None: control has not begun), `tree` every file as it
    stood then, `steps` what came after. `facts` are by blob id; `contents` gives the bytes of any blob by its
    id; `changed` the share of words (percent) in which the second of two blobs differs from the first.
    """

    genesis: Step | None
    tree: Mapping[str, Blob]
    steps: tuple[Step, ...]
    facts: Mapping[str, Facts]
    contents: Mapping[str, bytes]
    changed: Callable[[str, str], int]
