"""Which artefacts and sections claim to serve a requirement: what the schemas say, looked up in the data."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from smsrepo.control.lifecycle import in_force
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType, Condition, SectionContract
from smsrepo.model.repo import Repo


@dataclass(frozen=True, slots=True)
class Claim:
    """A type, or a section of it, that serves a requirement, with the artefacts that do it today.

    `serving` are in force (and, for a section, have text there); `drafted` exist but are not. With `where`,
    only artefacts count whose fields say that they are about the requirement.
    """

    type: ArtefactType
    section: SectionContract | None
    where: tuple[Condition, ...]
    serving: tuple[Artefact, ...]
    drafted: tuple[Artefact, ...]

    @property
    def name(self) -> str:
        """For people: "Change management policy, section Scope"."""
        return f"{self.type.title}, section {self.section.title}" if self.section else self.type.title

    @property
    def new_command(self) -> str:
        """The command that makes an artefact that serves, with the fields that say what it is about."""
        chosen = "".join(f" --set {c.field}={c.values[0]}" for c in self.where if c.values)
        return f"sms new {self.type.name}{chosen}"


def claims(repo: Repo, as_of: date) -> Mapping[str, list[Claim]]:
    """All claims by requirement id."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for type_ in repo.types.values():
        for requirements, section, where in _served(type_):
            if requirements:
                claim = claim_of(repo, type_, as_of, section, where)
                for id_ in requirements:
                    found[id_].append(claim)
    return found


def claim_of(
    repo: Repo,
    type_: ArtefactType,
    as_of: date,
    section: SectionContract | None = None,
    where: tuple[Condition, ...] = (),
) -> Claim:
    """What a type, or a section of it, can show today."""
    serving: list[Artefact] = []
    drafted: list[Artefact] = []
    for artefact in repo.by_type.get(type_.name, ()):
        if type_.is_record and not in_force(artefact, as_of):
            continue  # it had not happened yet
        if artefact.status != "obsolete" and all(_meets(repo, artefact, condition) for condition in where):
            serves = _settled(artefact, as_of) and _has_text(artefact, section)
            (serving if serves else drafted).append(artefact)
    return Claim(type_, section, where, tuple(serving), tuple(drafted))


def _served(
    type_: ArtefactType,
) -> Iterator[tuple[tuple[str, ...], SectionContract | None, tuple[Condition, ...]]]:
    yield type_.requirements, None, ()
    for entry in type_.evidence:
        yield entry.requirements, None, entry.where
    for section in type_.sections:
        yield section.requirements, section, ()


def _meets(repo: Repo, artefact: Artefact, condition: Condition) -> bool:
    held = artefact.ids(condition.field)
    if condition.types:
        return any((named := repo.find(id_)) and named.type.name in condition.types for id_ in held)
    return bool(held) if condition.filled else any(value in condition.values for value in held)


def _settled(artefact: Artefact, as_of: date) -> bool:
    """In force, and nothing in it is still open: a form with questions in it is no evidence."""
    open_marks = any(mark.open for mark in artefact.marks)
    return artefact.fits and in_force(artefact, as_of) and artefact.status != "draft" and not open_marks


def _has_text(artefact: Artefact, section: SectionContract | None) -> bool:
    return section is None or artefact.words_in(section.id) >= section.min_words
