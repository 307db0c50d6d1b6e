"""The foot of a page: what refers to the artefact, and which requirements it serves."""

from collections.abc import Sequence

from smsrepo.model.artefact import Artefact
from smsrepo.model.words import count
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import blocks, bullets, plain, rest

_SHOWN = 12


def referred_to_by(publication: Publication, page: str, artefact: Artefact) -> str:
    """The artefacts that name this one, by type, the latest first; long lists are cut."""
    groups: dict[str, list[Artefact]] = {}
    for source in publication.repo.incoming.get(artefact.id, ()):
        groups.setdefault(source.type.plural, []).append(source)
    if not groups:
        return ""
    lines = []
    for plural, sources in sorted(groups.items()):
        latest = sorted(sources, key=lambda a: a.id, reverse=True)
        links = [publication.artefact(page, a) for a in latest[:_SHOWN]]
        if len(latest) > _SHOWN:
            links.append(publication.to(page, f"{latest[0].type.folder}/index.md", rest(len(latest), _SHOWN)))
        lines.append(f"**{plain(plural)}:** {'; '.join(links)}")
    return blocks("## Referred to by", bullets(lines))


def requirements_served(publication: Publication, page: str, artefact: Artefact) -> str:
    """The rows of the standard that the document and its sections serve, linked."""
    type_ = artefact.type
    lines = [f"As a whole: {_rows(publication, page, type_.requirements)}"] if type_.requirements else []
    lines += [
        f"[{plain(section.title)}](#{section.id}): {_rows(publication, page, section.requirements)}"
        for section in type_.sections
        if section.requirements
    ]
    total = len({row for s in type_.sections for row in s.requirements} | set(type_.requirements))
    if not lines:
        return ""
    note = f"The type of this document is there to meet {count(total, 'requirement')} of the standard."
    return blocks("## Requirements served", note, bullets(lines))


def _rows(publication: Publication, page: str, ids: Sequence[str]) -> str:
    return ", ".join(publication.requirement(page, id_) for id_ in ids)
