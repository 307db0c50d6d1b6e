"""The rules the repository is checked by, each with its own page."""

import re
from collections import Counter
from collections.abc import Iterator

from smsrepo.rules.rule import Rule
from smsrepo.site.page import Page, Rank
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, blocks, plain, table, trail, words

PATH = "rules.md"
_TITLE = re.compile(r"\A# .*\n")
# Where a finding is expected is for the tests; engines know no such option of a fence.
_MARKER = re.compile(r'^(`{3,}\w+ title="[^"\n]+") finding="[\d,]+"', re.MULTILINE)


def severity_badge(severity: str) -> str:
    """Error or warning."""
    return badge(words(severity), "bad" if severity == "error" else "part")


def rule_pages(publication: Publication) -> Iterator[Page]:
    """The index and a page for each rule."""
    proof = publication.proof
    found = (*publication.report.findings, *(proof.findings if proof else ()))
    counts = Counter(finding.rule for finding in found)
    rows = [
        [
            publication.rule(PATH, rule.id),
            severity_badge(rule.severity),
            plain(rule.summary),
            str(counts[rule.id] or "–"),
        ]
        for rule in publication.rules.values()
    ]
    head = blocks(
        "# Rules",
        "What `sms check` looks for in the files, and `sms verify` in the history. "
        "A rule that is silent has found nothing wrong.",
    )
    yield Page(
        PATH,
        "Rules",
        blocks(head, table(["Rule", "Severity", "What it finds", "Findings"], rows)),
        contents=False,
        rank=Rank.REFERENCE,
    )
    for rule in publication.rules.values():
        yield _rule_page(publication, rule)


def _rule_page(publication: Publication, rule: Rule) -> Page:
    path = f"rules/{rule.id}.md"
    requirements = ", ".join(publication.requirement(path, id_) for id_ in rule.requirements)
    about = f"{severity_badge(rule.severity)} {f'Requirements: {requirements}' if requirements else ''}"
    body = _MARKER.sub(r"\1", _TITLE.sub("", publication.rule_texts[rule.id].lstrip()))
    return Page(
        path,
        rule.id,
        blocks(trail(publication.to(path, PATH, "Rules")), f"# {rule.id}", plain(rule.summary), about, body),
        rank=Rank.REFERENCE,
    )
