"""What is wrong by the check of the files and by the history, and which decisions are still open."""

from smsrepo.control.settings import WAIVERS
from smsrepo.model.finding import Finding, Severity
from smsrepo.model.words import count
from smsrepo.site.conformity.history import history_section
from smsrepo.site.conformity.rule_pages import severity_badge
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.text.fields import facts
from smsrepo.site.text.markup import blocks, bullets, code, plain, table

FINDINGS = "findings.md"
DECISIONS = "decisions.md"
_MOST = 500


def findings_page(publication: Publication) -> Page:
    """Every finding of the check, file by file, and what the history proves."""
    report = publication.report
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    told = f"{count(errors, 'error')} and {count(warnings, 'warning')} as of {publication.as_of}."
    if report.waiting:
        told += (
            f" {count(len(report.waiting), 'rule waits', 'rules wait')} until the files they read are mended."
        )
    if report.findings:
        told += f" {publication.to(FINDINGS, 'guide/document-owner.md#when-it-says-no', 'What to do')}."
    shown = report.findings[:_MOST]
    rows = [_finding(publication, finding) for finding in shown]
    listed = (
        table(["Where", "Severity", "What is wrong, and what to do", "Rule"], rows)
        if rows
        else "The check finds nothing wrong."
    )
    cut = (
        f"{len(report.findings) - _MOST:,} more: run {code('sms check')}."
        if len(report.findings) > _MOST
        else ""
    )
    text = blocks(
        "# Findings",
        history_section(publication, FINDINGS),
        "## What the check of the files finds",
        told,
        listed,
        cut,
        _waivers(publication),
    )
    return Page(FINDINGS, "Findings", text, contents=False)


def _finding(publication: Publication, finding: Finding) -> list[str]:
    artefact = publication.repo.by_path.get(finding.path)
    where = (
        publication.artefact(FINDINGS, artefact, plain(artefact.id or finding.path))
        if artefact
        else code(finding.path)
    )
    message = plain(finding.message) + (f"<br>{plain(finding.hint)}" if finding.hint else "")
    return [
        f"{where}<br>line {finding.line}",
        severity_badge(finding.severity),
        message,
        publication.rule(FINDINGS, finding.rule),
    ]


def _waivers(publication: Publication) -> str:
    waived = [
        [
            publication.rule(FINDINGS, waiver["rule"]),
            publication.reference(FINDINGS, waiver["artefact"]),
            plain(waiver["reason"]),
            publication.person(FINDINGS, waiver["by"]),
            plain(waiver["until"]),
        ]
        for _, waiver in publication.settings.waivers()
    ]
    head = f"## Waivers\n\nFindings the organisation knowingly lives with for a time ({code(WAIVERS)})."
    return blocks(
        head, table(["Rule", "For", "Reason", "Decided by", "Until"], waived) if waived else "None."
    )


def decisions_page(publication: Publication) -> Page:
    """The choices only the organisation can take, document by document."""
    parts = []
    total = 0
    for artefact in publication.repo.artefacts:
        marks = [mark for mark in artefact.marks if mark.open]
        if marks:
            total += len(marks)
            owner = facts([("Owner", publication.role(DECISIONS, str(artefact.data.get("owner", ""))))])
            questions = bullets(f"{plain(mark.question)} (line {mark.line})" for mark in marks)
            parts.append(blocks(f"## {publication.artefact(DECISIONS, artefact)}", owner, questions))
    for setting in publication.repo.settings.values():
        marks = [mark for mark in setting.marks if mark.open]
        if marks:
            total += len(marks)
            parts.append(blocks(f"## {code(setting.path)}", bullets(plain(mark.question) for mark in marks)))
    told = f"{count(total, 'decision')} open." if total else "No decision is open."
    help_ = (
        f"Take one by editing the text and turning {code('decide:')} into {code('decided:')}: "
        f"{publication.to(DECISIONS, 'guide/first-hour.md#4-take-a-decision', 'how that is done')}."
        if total
        else ""
    )
    return Page(
        DECISIONS,
        "Open decisions",
        blocks("# Open decisions", f"{told} {help_}".strip(), *parts),
        searchable=False,
    )
