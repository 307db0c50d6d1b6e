"""What stands around the texts of the effective set: cover, contents with page numbers, and the digests."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from smsrepo.control.editions import Edition
from smsrepo.control.lifecycle import basis, effective_since
from smsrepo.model.artefact import Artefact
from smsrepo.model.words import count
from smsrepo.site.documents.revisions import in_force
from smsrepo.site.pdf.paper_text import anchor_of
from smsrepo.site.pdf.sheet import Printing, Sheet, marks_of
from smsrepo.site.publication import Publication
from smsrepo.site.shelves import title_of

_CONTENTS, _DIGESTS = "Contents", "What this set consists of"
_IMPRINT = "Effective set"


@dataclass(frozen=True, slots=True)
class Set:
    """The documents of a set with their sheets, in the same order. `commit` is "" where there is none."""

    publication: Publication
    printing: Printing
    artefacts: Sequence[Artefact]
    sheets: Sequence[Sheet]
    commit: str


def cover(whole: Set) -> str:
    """The cover, and the contents."""
    return _front(whole) + _contents(whole)


def digests(whole: Set) -> str:
    """The digest of each document, and how the one of the set follows from them; empty before control began."""
    listed = list(_in_force(whole))
    if not listed:
        return ""
    rows = "".join(
        f"<tr><td>{escape(e.id)}</td><td>{escape(e.number)}</td><td><code>{escape(e.version.digest)}</code></td></tr>"
        for e in listed
    )
    marks = marks_of(whole.printing, _DIGESTS, _IMPRINT)
    return (
        f'<section class="front digests" id="digests"{marks}><h1>{_DIGESTS}</h1>'
        "<p>Approvals name these digests: each covers a document with its attachments. The digest of the set is the "
        "SHA-256 over one line for each document, in this order: id, revision and digest with a space between, "
        "and a line feed.</p>"
        '<table><thead><tr><th scope="col">Document</th><th scope="col">Revision</th><th scope="col">Digest</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></section>"
    )


def set_digest(editions: Sequence[Edition]) -> str:
    """The digest over the ids, revisions and digests of documents, as "sha256:…"."""
    lines = "".join(f"{e.id} {e.number} {e.version.digest}\n" for e in editions)
    return f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"


def _in_force(whole: Set) -> Iterator[Edition]:
    for artefact in sorted(whole.artefacts, key=lambda a: a.id):
        edition = in_force(whole.publication, artefact.id)
        if edition:
            yield edition


def _front(whole: Set) -> str:
    publication, printing = whole.publication, whole.printing
    listed = list(_in_force(whole))
    scope = str(publication.settings.scope.get("statement", ""))
    facts = {
        "In force on": escape(str(publication.as_of)),
        "Made on": escape(str(printing.made)),
        "Holds": f"{count(len(whole.sheets), 'document')}. Registers, catalogue and records are on the site.",
        "Commit": f"<code>{escape(whole.commit)}</code>" if whole.commit else "",
        "Digest of the set": f'<code>{set_digest(listed)}</code> (<a href="#digests">how it is made</a>)'
        if listed
        else "",
        "Rests on": escape(basis(whole.artefacts)),
    }
    told = "".join(f"<dt>{name}</dt><dd>{fact}</dd>" for name, fact in facts.items() if fact)
    demonstration = (
        "<p><strong>Demonstration.</strong> Organisation, people and records are invented.</p>"
        if publication.settings.standing_still_at
        else ""
    )
    return (
        f'<section class="front cover"{marks_of(printing, "Cover", _IMPRINT)}>'
        f'<p class="owner">{escape(printing.organisation)}</p><h1>Service management system</h1>'
        f'<p class="what">The effective set of documents, {publication.as_of}</p>{demonstration}'
        f"{f'<h2>Scope</h2><p>{escape(scope)}</p>' if scope else ''}"
        f'<dl class="sms-facts">{told}</dl><p class="warning-line">Uncontrolled when printed. What is in force now '
        "stands on the site.</p></section>"
    )


def _contents(whole: Set) -> str:
    both = zip(whole.artefacts, whole.sheets, strict=True)
    parts = []
    for folder, pairs in groupby(both, key=lambda pair: pair[0].type.folder):
        title = title_of(folder, whole.publication.shelves[folder])
        lines = "".join(_line(artefact, sheet) for artefact, sheet in pairs)
        parts.append(f"<h2>{escape(title)}</h2><ul>{lines}</ul>")
    if any(_in_force(whole)):
        parts.append(f'<h2>Proof</h2><ul><li><a href="#digests">{_DIGESTS}</a></li></ul>')
    marks = marks_of(whole.printing, _CONTENTS, _IMPRINT)
    return f'<section class="front contents"{marks}><h1>{_CONTENTS}</h1>{"".join(parts)}</section>'


def _line(artefact: Artefact, sheet: Sheet) -> str:
    since = effective_since(artefact)
    more = f"{artefact.data.get('revision', '')}{f', since {since}' if since else ''}"
    return (
        f'<li><a href="#{escape(anchor_of(sheet.text.page))}">{escape(sheet.label)} '
        f'<span class="more">{escape(more)}</span></a></li>'
    )
