"""The requirements seen from another text: a later edition, a code of practice."""

from collections import Counter
from collections.abc import Iterable

from smsrepo.conformity.coverage import State
from smsrepo.conformity.crosswalk import Crosswalk, Viewed, view
from smsrepo.site.conformity.coverage_chart import BEST_FIRST, TONES
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, blocks, cards, plain, rest, small, words

_NOTHING = "Maps to nothing"
_SHOWN = 8


def path_of(crosswalk: Crosswalk) -> str:
    """Where its page is."""
    return f"requirements/view-{crosswalk.name}.md"


def crosswalk_page(publication: Publication, crosswalk: Crosswalk) -> Page:
    """All entries under the clauses of the other text."""
    path = path_of(crosswalk)
    entries = view(crosswalk, publication.coverage)
    clauses: dict[str, list[Viewed]] = {}
    for viewed in entries:
        clauses.setdefault(viewed.entry.clauses[0], []).append(viewed)
    parts = []
    for clause in sorted(clauses, key=lambda number: [int(step) for step in number.split(".")]):
        rows = [_row(publication, path, viewed) for viewed in clauses[clause]]
        parts += [f"## {clause}", cards([plain(crosswalk.unit), "State", "Requirements"], rows)]
    text = blocks(
        f"# {plain(crosswalk.title)}",
        f"{plain(crosswalk.to)}. {plain(crosswalk.about)}",
        "Each entry stands as the worst of the requirements it maps to.",
        _legend(entries),
        *parts,
    )
    return Page(path, crosswalk.title, text)


def _legend(entries: Iterable[Viewed]) -> str:
    counts = Counter(viewed.state for viewed in entries)
    said = [f"<span>{_badge(state)} {counts[state]}</span>" for state in (*BEST_FIRST, None) if counts[state]]
    return f'<p class="sms-legend">{" ".join(said)}</p>'


def _row(publication: Publication, page: str, viewed: Viewed) -> list[str]:
    entry = viewed.entry
    more = [f"also {', '.join(entry.clauses[1:])}"] if entry.clauses[1:] else []
    more += [f"{entry.confidence} confidence"] if entry.confidence else []
    more += [plain(entry.note)] if entry.note else []
    name = f"**{plain(entry.text)}**" + (f"<br>{small('; '.join(more))}" if more else "")
    return [name, _badge(viewed.state), _requirements(publication, page, viewed)]


def _requirements(publication: Publication, page: str, viewed: Viewed) -> str:
    """The rows it maps to, the worst first, by state."""
    if not viewed.rows and not viewed.unknown:
        return small("nothing in the requirements corresponds to it")
    lines = []
    for state in State:
        found = [row.requirement.id for row in viewed.rows if row.state is state]
        if found:
            links = [publication.requirement(page, id_) for id_ in found[:_SHOWN]]
            links += [rest(len(found), _SHOWN)] if len(found) > _SHOWN else []
            lines.append(f"{words(state)}: {', '.join(links)}")
    lines += [f"not in the ledger: {plain(id_)}" for id_ in viewed.unknown]
    return "<br>".join(lines)


def _badge(state: State | None) -> str:
    return badge(words(state), TONES[state]) if state else badge(_NOTHING, "plain")
