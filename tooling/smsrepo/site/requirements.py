"""How far each requirement of the standard is met, and by what."""

from collections.abc import Iterator, Sequence

from smsrepo.conformity.claims import Claim
from smsrepo.conformity.coverage import MEANING, Covered, State
from smsrepo.control.lifecycle import basis
from smsrepo.site.coverage_chart import BEST_FIRST, TONES, coverage_bar, legend
from smsrepo.site.markup import badge, blocks, code, plain, rest, small, table, words
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication

PATH = "requirements/index.md"
_GROUPS = {
    "4": "Management system",
    "5": "New and changed services",
    "6": "Service delivery",
    "7": "Relationships",
    "8": "Resolution",
    "9": "Control",
}
_SHOWN = 6


def requirement_pages(publication: Publication) -> Iterator[Page]:
    """The overview and a page for each clause."""
    groups: dict[str, list[Covered]] = {}
    for row in publication.coverage:
        groups.setdefault(row.requirement.clause[:1], []).append(row)
    yield _overview(publication, groups)
    for clause, rows in groups.items():
        yield _clause_page(publication, clause, rows)


def group_title(clause: str) -> str:
    """ "Clause 4, management system"."""
    return f"Clause {clause}: {_GROUPS.get(clause, '').lower()}"


def _overview(publication: Publication, groups: dict[str, list[Covered]]) -> Page:
    rows = [
        [
            publication.to(PATH, f"requirements/clause-{clause}.md", group_title(clause)),
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
        "## What the states mean",
        meanings,
    )
    return Page(PATH, "Requirements", text)


def _share(rows: Sequence[Covered]) -> str:
    met = sum(row.state in (State.MET, State.JUDGEMENT) for row in rows)
    return f"{met} of {len(rows)}"


def _clause_page(publication: Publication, clause: str, rows: Sequence[Covered]) -> Page:
    path = f"requirements/clause-{clause}.md"
    sections: dict[str, list[Covered]] = {}
    for row in rows:
        sections.setdefault(row.requirement.clause, []).append(row)
    parts = [f"# {group_title(clause)}", coverage_bar(rows), legend(rows)]
    for number, some in sections.items():
        parts += [
            f"## {number}",
            table(
                ["Requirement", "State", "Served by and missing"],
                (_row(publication, path, row) for row in some),
            ),
        ]
    return Page(path, group_title(clause), blocks(*parts))


def _row(publication: Publication, page: str, row: Covered) -> list[str]:
    requirement = row.requirement
    marked = (
        f"<br>{small('reconstructed: confirm against your own copy')}" if requirement.reconstructed else ""
    )
    name = f'<span id="{requirement.id}">**{requirement.id}**</span><br>{plain(requirement.text)}{marked}'
    served = [text for claim in row.claims if (text := _served(publication, page, claim))]
    evidence = [publication.artefact(page, a, plain(a.id)) for a in row.evidence[:_SHOWN]]
    if len(row.evidence) > _SHOWN:
        evidence.append(rest(len(row.evidence), _SHOWN))
    lines = [
        f"Served by {'; '.join(served)}" if served else "",
        f"Evidence: {', '.join(evidence)}" if evidence else "",
    ]
    lines += [f"Missing: {plain(text)}" for text in row.missing[:_SHOWN]]
    lines.append(f"Next: {code(row.next_command)}" if row.next_command else "")
    return [name, badge(words(row.state), TONES[row.state]), "<br>".join(line for line in lines if line)]


def _served(publication: Publication, page: str, claim: Claim) -> str:
    """Links to the documents, or to the section of them, that serve."""
    if claim.type.is_record:
        return (
            publication.to(page, f"{claim.type.folder}/index.md", plain(claim.type.plural))
            if claim.serving
            else ""
        )
    links = []
    for artefact in claim.serving[:3]:
        target = publication.page_paths[artefact.path] + (f"#{claim.section.id}" if claim.section else "")
        links.append(
            publication.to(
                page,
                target,
                plain(artefact.id) + (f", {plain(claim.section.title)}" if claim.section else ""),
            )
        )
    return ", ".join(links)
