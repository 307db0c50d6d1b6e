"""The doors of the front page: where somebody goes who has work to do. Only to what is there."""

from collections.abc import Iterator, Sequence

from smsrepo.control.lifecycle import in_force
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.site.people.responsibilities import PATH as RESPONSIBILITIES
from smsrepo.site.people.responsibilities import processes
from smsrepo.site.publication import Publication
from smsrepo.site.shelves import title_of
from smsrepo.site.text.markup import plain

_KINDS = ("policy", "process", "procedure")
"""What the names of types of documents that staff look into are, or begin with."""

_URGENT = {
    "procedure-major-incidents": ("Major incident", ""),
    "procedure-emergency-changes": ("Emergency change", ""),
    "procedure-incidents": ("Security incident", "security-incidents"),
    "plan-service-continuity": ("Continuity plan", ""),
}
"""By type the door to what is done when there is no time to search, and the section that says it."""


def doors(publication: Publication, page: str) -> str:
    """Where the rules are and who does what; then what to do when something is on fire."""
    ways = [*_shelves(publication, page), _roles(publication, page)]
    urgent = list(_urgent(publication, page))
    parts = [f"<span>{' · '.join(ways)}</span>"]
    parts += [f"<span><strong>Urgent:</strong> {' · '.join(urgent)}</span>"] if urgent else []
    return f'<p class="sms-doors" markdown="span">{" ".join(parts)}</p>'


def _shelves(publication: Publication, page: str) -> Iterator[str]:
    """The index of the first folder that holds something of each kind, and that of the services."""
    written = [t for t in publication.of_kind("document") if publication.repo.by_type.get(t.name)]
    for kind in _KINDS:
        yield from _index(publication, page, [t for t in written if t.name.partition("-")[0] == kind])
    yield from _index(publication, page, [a.type for a in publication.repo.all("service")])


def _index(publication: Publication, page: str, types: Sequence[ArtefactType]) -> Iterator[str]:
    if types:
        folder = types[0].folder
        yield publication.to(page, f"{folder}/index.md", plain(title_of(folder, publication.shelves[folder])))


def _roles(publication: Publication, page: str) -> str:
    return publication.to(page, RESPONSIBILITIES if processes(publication) else "roles.md", "Who does what")


def _urgent(publication: Publication, page: str) -> Iterator[str]:
    for name, (label, section) in _URGENT.items():
        if found := _valid(publication, name, section):
            anchor = f"#{section}" if section else ""
            yield publication.to(page, f"{publication.page_paths[found.path]}{anchor}", label)


def _valid(publication: Publication, type_: str, section: str) -> Artefact | None:
    """The document that people work by, or else the one that is being written; None where there is none."""
    written = (a for a in publication.repo.all(type_) if a.status != "obsolete")
    found = [a for a in written if not section or a.words_in(section)]
    return min(found, key=lambda a: (not in_force(a, publication.as_of), a.id), default=None)
