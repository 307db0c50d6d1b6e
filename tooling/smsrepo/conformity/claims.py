"""Which artefacts and sections claim to serve a requirement: what the schemas say, looked up in the data."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from smsrepo.control.lifecycle import in_force
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType, SectionContract
from smsrepo.model.repo import Repo
from smsrepo.rules.documents.empty_section import words_by_section


@dataclass(frozen=True, slots=True)
class Claim:
    """A type, or a section of it, that serves a requirement, with the artefacts that do it today.

    `serving` are in force (and, for a section, have text there); `drafted` exist but are not.
    """

    type: ArtefactType
    section: SectionContract | None
    serving: tuple[Artefact, ...]
    drafted: tuple[Artefact, ...]

    @property
    def name(self) -> str:
        """For people: "Change management policy, section Scope"."""
        return f"{self.type.title}, section {self.section.title}" if self.section else self.type.title


def claims(repo: Repo, as_of: date) -> Mapping[str, list[Claim]]:
    """All claims by requirement id."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for type_ in repo.types.values():
        served = [
            (None, type_.requirements),
            *((section, section.requirements) for section in type_.sections),
        ]
        for section, requirements in served:
            if requirements:
                claim = claim_of(repo, type_, section, as_of)
                for id_ in requirements:
                    found[id_].append(claim)
    return found


def claim_of(repo: Repo, type_: ArtefactType, section: SectionContract | None, as_of: date) -> Claim:
    """What a type, or a section of it, can show today."""
    artefacts = [a for a in repo.by_type.get(type_.name, ()) if a.status != "obsolete"]
    serving = tuple(a for a in artefacts if a.fits and in_force(a, as_of) and _has_text(a, section))
    drafted = tuple(a for a in artefacts if a not in serving)
    return Claim(type_, section, serving, drafted)


def _has_text(artefact: Artefact, section: SectionContract | None) -> bool:
    if section is None:
        return True
    _line, words = words_by_section(artefact).get(section.id, (0, 0))
    return words >= section.min_words
