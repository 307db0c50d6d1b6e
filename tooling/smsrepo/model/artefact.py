"""One document, agreement, register entry or record of the SMS."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.day import day_in, moment_in
from smsrepo.model.finding import Flaw
from smsrepo.model.proven import Proven


class Heading(NamedTuple):
    """A heading of a document; `words` counts the text up to the next heading of any level."""

    level: int
    anchor: str
    title: str
    line: int
    words: int


class Link(NamedTuple):
    """A link or image; `target` as written, place from 1."""

    target: str
    line: int
    column: int


class Mark(NamedTuple):
    """A `decide:` mark (open) or `decided:` mark, place from 1."""

    question: str
    open: bool
    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Artefact:
    """A file of a known type. `fits` says whether it fits the schema of its type.

    `proven` is what the history proves of a document; None where nobody asked, or document control has not begun:
    then its header is taken at its word.
    """

    path: str
    type: ArtefactType
    data: Mapping[str, Any]
    text: str = field(repr=False)
    fits: bool
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    marks: tuple[Mark, ...] = ()
    proven: Proven | None = None

    @property
    def id(self) -> str:
        """The id, or an empty string while the file has none."""
        return str(self.data.get("id", ""))

    @property
    def title(self) -> str:
        """The title, or the id while there is none."""
        return str(self.data.get("title", "") or self.id)

    @property
    def status(self) -> str:
        """What the header says; for records, one of the statuses of the type."""
        return str(self.data.get("status", ""))

    @property
    def issued(self) -> bool:
        """The owner has issued this revision (records count as issued)."""
        return self.type.kind == "record" or self.status == "issued"

    @property
    def closed(self) -> bool:
        """The record is in one of the closed statuses of its type."""
        return self.status in self.type.closed

    @property
    def active(self) -> bool:
        """The entry counts: neither draft nor obsolete, and in an active stage where its type has stages."""
        if self.status in ("draft", "obsolete"):
            return False
        return not self.type.active or self.data.get("stage") in self.type.active

    @property
    def body(self) -> str:
        """The Markdown text behind the header; empty for YAML files."""
        if not self.path.endswith(".md"):
            return ""
        return self.text.split("\n---\n", 1)[-1]

    def date(self, name: str) -> date | None:
        """The day in a date or date-time field; None where it is missing or no date."""
        return day_in(self.data.get(name))

    def moment(self, name: str) -> datetime | None:
        """The moment in a date-time field; None where it is missing or no date-time."""
        return moment_in(self.data.get(name))

    def ids(self, name: str) -> tuple[str, ...]:
        """The references in a field, whether it holds one id, a list of ids or nothing."""
        value = self.data.get(name)
        if isinstance(value, str):
            return (value,)
        return tuple(value) if isinstance(value, list) else ()

    def entries(self, name: str) -> list[Mapping[str, Any]]:
        """The objects of a list; none where the field is missing or says that there are none."""
        value = self.data.get(name)
        return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

    def words_in(self, anchor: str) -> int:
        """How many words stand in a section, sub-sections included; 0 where there is none."""
        found = [heading for heading in self.headings if heading.anchor == anchor]
        if not found:
            return 0
        start = self.headings.index(found[0])
        words = found[0].words
        for below in self.headings[start + 1 :]:
            if below.level <= found[0].level:
                break
            words += below.words
        return words

    def flaw(self, pointer: str, message: str, hint: str = "", requirements: tuple[str, ...] = ()) -> Flaw:
        """A flaw at a field ("approver" or "/targets/0/threshold"), or at the top for ""."""
        if pointer and not pointer.startswith("/"):
            pointer = f"/{pointer}"
        return Flaw(self.path, message, hint, pointer, requirements=requirements)

    def flaw_at(
        self, line: int, column: int, message: str, hint: str = "", requirements: tuple[str, ...] = ()
    ) -> Flaw:
        """A flaw at a line and column of the file."""
        return Flaw(self.path, message, hint, line=line, column=column, requirements=requirements)


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A settings file such as sms/people.yml."""

    path: str
    data: Mapping[str, Any]
    text: str = field(repr=False)
    fits: bool
    marks: tuple[Mark, ...] = ()

    def flaw(self, pointer: str, message: str, hint: str = "") -> Flaw:
        """A flaw at a place in the file."""
        return Flaw(self.path, message, hint, pointer)
