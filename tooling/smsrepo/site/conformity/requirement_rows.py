"""A requirement in the table of its clause: its state, with links to what serves it."""

from collections import Counter
from collections.abc import Sequence

from smsrepo.conformity.claims import Claim
from smsrepo.conformity.coverage import Covered
from smsrepo.model.artefact import Artefact
from smsrepo.model.newest import newest_first
from smsrepo.site.conformity.coverage_chart import TONES
from smsrepo.site.publication import Publication
from smsrepo.site.records.schedule import PATH as SCHEDULE
from smsrepo.site.records.schedule import has_schedule
from smsrepo.site.text.markup import badge, code, plain, rest, small, words

_SHOWN, _SERVING = 6, 3
_ELSEWHERE = {
    "DRG": ("register.md", "document register"),
    "APV": ("register.md", "approvals"),
    "DRV": ("register.md", "reviews"),
    "DOC-BASE": ("register.md", "document register"),
    "REC-BASE": ("records/index.md", "records"),
    "SCH": (SCHEDULE, "schedule of change"),
    "ROL": ("roles.md", "roles"),
    "ASG": ("roles.md", "roles"),
    "PSN": ("roles.md", "people"),
    "RET": ("control.md", "retention schedule"),
}
"""Evidence that no artefact holds, by code: the page that shows it."""


def requirement_row(publication: Publication, page: str, row: Covered) -> list[str]:
    """The cells: what is asked, the state, what serves and what is missing."""
    requirement = row.requirement
    marked = f"<br>{small('reconstructed')}" if requirement.reconstructed else ""
    name = f'<span id="{requirement.id}">**{requirement.id}**</span><br>{plain(requirement.text)}{marked}'
    served = [text for claim in row.claims if (text := _served(publication, page, claim))]
    found = _newest(row.evidence)
    evidence = [publication.artefact(page, a, plain(a.id)) for a in found[:_SHOWN]]
    evidence += _more(publication, page, found[_SHOWN:])
    evidence += [
        publication.to(page, where, label)
        for code_, (where, label) in _ELSEWHERE.items()
        if code_ in (*requirement.documents, *requirement.records) and _exists(publication, where)
    ]
    lines = [
        f"Served by {'; '.join(served)}" if served else "",
        f"Evidence: {', '.join(evidence)}" if evidence else "",
    ]
    lines += [f"Missing: {plain(text)}" for text in row.missing[:_SHOWN]]
    lines.append(rest(len(row.missing), _SHOWN))
    lines.append(f"Next: {code(row.next_command)}" if row.next_command else "")
    return [name, badge(words(row.state), TONES[row.state]), "<br>".join(line for line in lines if line)]


def _more(publication: Publication, page: str, evidence: Sequence[Artefact]) -> list[str]:
    """How much more there is of each kind, as a link to all of that kind."""
    numbers = Counter(artefact.type for artefact in evidence)
    return [f"{number:,} more of {publication.kept(page, type_)}" for type_, number in numbers.items()]


def _newest(evidence: Sequence[Artefact]) -> list[Artefact]:
    """Documents, then the newest records: the first ones are shown."""
    documents = [a for a in evidence if not a.type.is_record]
    records = [a for a in evidence if a.type.is_record]
    return documents + newest_first(records)


def _exists(publication: Publication, page: str) -> bool:
    return page != SCHEDULE or has_schedule(publication)


def _served(publication: Publication, page: str, claim: Claim) -> str:
    """Links to the documents, or to the section of them, that serve."""
    if claim.type.is_record:
        return (
            publication.to(page, f"{claim.type.folder}/index.md", plain(claim.type.plural))
            if claim.serving
            else ""
        )
    links = []
    for artefact in claim.serving[:_SERVING]:
        target = publication.page_paths[artefact.path] + (f"#{claim.section.id}" if claim.section else "")
        links.append(
            publication.to(
                page,
                target,
                plain(artefact.id) + (f", {plain(claim.section.title)}" if claim.section else ""),
            )
        )
    return ", ".join([*links, *_more(publication, page, claim.serving[_SERVING:])])
