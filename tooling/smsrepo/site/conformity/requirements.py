"""How far each requirement of the standard is met, and by what."""

from collections.abc import Iterator, Sequence

from smsrepo.conformity.coverage import MEANING, Covered, State
from smsrepo.control.lifecycle import basis
from smsrepo.site.conformity.coverage_chart import BEST_FIRST, TONES, coverage_bar, legend
from smsrepo.site.conformity.crosswalk_pages import crosswalk_page, path_of
from smsrepo.site.conformity.requirement_rows import requirement_row
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, blocks, bullets, cards, code, plain, table, words

PATH = "requirements/index.md"
_RECONSTRUCTED = (
    "What is marked as reconstructed is worded from general knowledge, not from the text of the standard: compare it "
    "with your own copy."
)


def requirement_pages(publication: Publication) -> Iterator[Page]:
    """The overview and a page for each clause."""
    groups: dict[str, list[Covered]] = {}
    for row in publication.coverage:
        groups.setdefault(row.requirement.clause[:1], []).append(row)
    yield _overview(publication, groups)
    for found in publication.crosswalks:
        if found.entries:
            yield crosswalk_page(publication, found)
    for clause, rows in groups.items():
        yield _clause_page(publication, clause, rows)


def group_title(publication: Publication, clause: str) -> str:
    """ "Clause 4: management system"; the number alone where the ledger does not say what it is about."""
    about = publication.ledger.clauses.get(clause, "")
    return f"Clause {clause}: {about[:1].lower()}{about[1:]}" if about else f"Clause {clause}"


def _overview(publication: Publication, groups: dict[str, list[Covered]]) -> Page:
    rows = [
        [
            publication.to(PATH, f"requirements/clause-{clause}.md", plain(group_title(publication, clause))),
            str(len(some)),
            coverage_bar(some),
            _share(some),
        ]
        for clause, some in groups.items()
    ]
    meanings = table(
        ["State", "What it means"], ([badge(words(s), TONES[s]), MEANING[s]] for s in BEST_FIRST)
    )
    text = blocks(
        "# Requirements",
        "Presence is not adequacy: the tool says which text is in force, which evidence exists and which rules "
        f"are silent. Whether that is enough, an auditor says. {basis(publication.repo.artefacts)}",
        coverage_bar(publication.coverage) if rows else "The ledger of requirements is missing.",
        legend(publication.coverage),
        "## By clause",
        table(["Clause", "Requirements", "State", "Met"], rows),
        _views(publication),
        "## What the states mean",
        meanings,
    )
    return Page(PATH, "Requirements", text)


def _views(publication: Publication) -> str:
    """Links to the views; one that cannot be read is told."""
    lines = [
        f"{publication.to(PATH, path_of(found), plain(found.title))}: {plain(found.to)}"
        if found.entries
        else f"{code(found.path)} cannot be read or does not fit its schema"
        for found in publication.crosswalks
    ]
    return blocks("## Seen from elsewhere", bullets(lines)) if lines else ""


def _share(rows: Sequence[Covered]) -> str:
    """How many are met, counted as everywhere: what only a person can judge is told beside."""
    met, judged = (sum(row.state is state for row in rows) for state in (State.MET, State.JUDGEMENT))
    return f"{met} of {len(rows)}{f', {judged} by judgement' if judged else ''}"


def _clause_page(publication: Publication, clause: str, rows: Sequence[Covered]) -> Page:
    path = f"requirements/clause-{clause}.md"
    sections: dict[str, list[Covered]] = {}
    for row in rows:
        sections.setdefault(row.requirement.clause, []).append(row)
    title = group_title(publication, clause)
    parts = [f"# {plain(title)}", coverage_bar(rows), legend(rows)]
    parts += [_RECONSTRUCTED] if any(row.requirement.reconstructed for row in rows) else []
    for number, some in sections.items():
        parts += [
            f"## {plain(publication.ledger.clause(number))}",
            cards(
                ["Requirement", "State", "Served by and missing"],
                (requirement_row(publication, path, row) for row in some),
            ),
        ]
    return Page(path, title, blocks(*parts))
