"""What the history finds wrong, told on the page of each document or record concerned and on the index of its kind."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from smsrepo.control.lineage import Version
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.finding import Finding, Severity
from smsrepo.site.documents.control_block import admonition
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import plain, rest

HISTORY = "findings.md#history"
"""Where all of it stands."""

_REMOVED = dict.fromkeys(
    ("document-deleted", "record-disposed-unapproved", "record-disposed-early", "record-disposed-on-hold"),
    "Removed against the rules",
)
_TITLES = {
    **_REMOVED,
    "closed-record-edited": "This record was changed after it was closed",
    "closed-record-reopened": "This record was opened again after it was closed",
    "approved-bytes-changed": "Changed after its approval, without a new revision",
    "attachment-changed": "Changed after its approval, without a new revision",
}
_TOLD = frozenset({"approval-missing"})
"""What the state at the head of the page says already."""
_MOST = 10


def history_box(publication: Publication, page: str, artefact: Artefact) -> str:
    """A red box for what is wrong in the history of a document or record; empty where nothing is."""
    found = [one for one in _errors(publication).get(artefact.id, ()) if one.rule not in _TOLD]
    altered = bool(artefact.proven and artefact.proven.altered)
    if publication.repo.find(artefact.id) is not artefact or not (found or altered):
        return ""
    named = _TITLES["approved-bytes-changed"] if altered else "The history of this page breaks the rules"
    titles = dict.fromkeys(_TITLES[one.rule] for one in found if one.rule in _TITLES)
    said = [f"{plain(message)}." for message in dict.fromkeys(one.message for one in found)]
    if altered:
        said.append("The text below is the approved one; the main branch holds another.")
    text = f"{' '.join(said)} See {publication.to(page, HISTORY, 'Findings')}."
    return admonition("danger", ". ".join(titles) or named, text)


def missing_box(publication: Publication, page: str, types: Collection[ArtefactType]) -> str:
    """A red box for documents or records of some types that were removed against the rules; empty where none was."""
    names = {type_.name for type_ in types}
    gone = [_gone(*one) for one in _missing(publication) if one[0].type.name in names]
    if not gone:
        return ""
    told = [*gone[:_MOST], rest(len(gone), _MOST), f"See {publication.to(page, HISTORY, 'Findings')}."]
    title = f"Removed against the rules: {len(gone):,} missing here"
    return admonition("danger", title, "<br>".join(filter(None, told)))


def _gone(version: Version, findings: Sequence[Finding]) -> str:
    title = version.fields.get("title", "")
    told = findings[0].message.removeprefix(version.id).strip()
    return f"{plain(f'{version.id} {title}'.strip())}: {plain(told)}."


def _missing(publication: Publication) -> list[tuple[Version, Sequence[Finding]]]:
    """What was removed and is not back, as it stood last."""
    if publication.register is None:
        return []
    lineages = publication.register.lineages
    removed = (
        (id_, [one for one in found if one.rule in _REMOVED]) for id_, found in _errors(publication).items()
    )
    return [
        (lineages[id_].revisions[-1].version, found)
        for id_, found in removed
        if found and publication.repo.find(id_) is None
    ]


@lru_cache(maxsize=1)  # each page asks
def _errors(publication: Publication) -> Mapping[str, Sequence[Finding]]:
    """The errors about each document or record by its id: whatever ever stood where one was found."""
    found: dict[str, list[Finding]] = {}
    for one in publication.proof.findings if publication.proof else ():
        if one.severity is Severity.ERROR:
            found.setdefault(one.path, []).append(one)
    about: dict[str, list[Finding]] = {}
    for lineage in publication.register.lineages.values() if publication.register and found else ():
        places = {revision.version.path: None for revision in lineage.revisions}
        places |= {lineage.current.path: None} if lineage.current else {}
        if errors := [one for path in places for one in found.get(path, ())]:
            about[lineage.id] = errors
    return about
