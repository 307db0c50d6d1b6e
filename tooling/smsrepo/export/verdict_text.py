"""The gate's verdict for people: on a terminal, and as Markdown for a pull request."""

import json
from dataclasses import asdict
from datetime import date

import click

from smsrepo.check.gate import Answer, Verdict
from smsrepo.control.settings import Settings
from smsrepo.control.wording import lacking
from smsrepo.export.text import block
from smsrepo.model.finding import Finding
from smsrepo.model.words import count


def text(verdict: Verdict, on: date) -> str:
    """Findings, then every changed document with who approved it and who is missing, then the verdict."""
    blocks = [block(finding) for finding in verdict.findings]
    lines = [line for answer in verdict.answers for line in _lines(answer, verdict.settings, on)]
    lines += [f"Does not count: {refusal.path}: {refusal.reason}" for refusal in verdict.refusals]
    lines += [click.style(f"Note: {note}", fg="yellow") for note in verdict.notes]
    colour = "green" if verdict.passes else "red"
    return "\n".join([*blocks, *lines, click.style(_in_words(verdict), fg=colour)]) + "\n"


def markdown(verdict: Verdict, on: date) -> str:
    """The same for a pull request: a table of what changes, then what is wrong. Nothing in it notifies anybody."""
    parts = [f"**{_cell(_in_words(verdict))}**\n"]
    if verdict.answers:
        rows = ["| Document | What happens | Approved by | Missing |", "|---|---|---|---|"]
        for answer in verdict.answers:
            given, missing = _given(answer, verdict.settings), _missing(answer, verdict.settings, on)
            rows.append("| " + " | ".join(map(_cell, (answer.name, answer.happens, given, missing))) + " |")
        parts.append("\n".join(rows) + "\n")
    if verdict.findings:
        parts.append("\n".join(_bullet(finding) for finding in verdict.findings) + "\n")
    reasons = [f"- Does not count: {_cell(r.path)}: {_cell(r.reason)}" for r in verdict.refusals]
    reasons += [f"- Note: {_cell(note)}" for note in verdict.notes]
    if reasons:
        parts.append("\n".join(reasons) + "\n")
    return "\n".join(parts)


def as_json(verdict: Verdict, _on: date) -> str:
    """The same for programs: fields are added, never changed."""
    answers = [
        {
            "path": a.path,
            "document": a.name,
            "happens": a.happens,
            "needed": asdict(a.needed) if a.needed else None,
            "approvals": [
                _approval(act.person, act.statement.role, act.statement.assurance) for act in a.approvals
            ],
            "missing": {
                "roles": a.missing.roles,
                "persons": a.missing.persons,
                "rejected_by": a.missing.rejected_by,
            },
        }
        for a in verdict.answers
    ]
    data = {
        "passes": verdict.passes,
        "answers": answers,
        "findings": [asdict(finding) for finding in verdict.findings],
        "refusals": [{"path": r.path, "reason": r.reason} for r in verdict.refusals],
        "notes": verdict.notes,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _lines(answer: Answer, settings: Settings, on: date) -> list[str]:
    where = f" ({answer.path})" if answer.path != answer.name else ""
    lines = [f"{click.style(answer.name, bold=True)} {answer.happens}{where}"]
    if given := _given(answer, settings):
        lines.append(f"    approved by {given}")
    if missing := _missing(answer, settings, on):
        lines.append(click.style(f"    {missing}", fg="yellow"))
    return lines


def _given(answer: Answer, settings: Settings) -> str:
    names = []
    for act in answer.approvals:
        person = settings.people.get(act.person)
        how = "" if act.statement.assurance == "signed" else ", review on the forge"
        names.append(f"{person.name if person else act.person} ({act.statement.role}{how})")
    return ", ".join(names)


def _missing(answer: Answer, settings: Settings, on: date) -> str:
    return lacking(answer.missing, settings, on) if answer.missing else ""


def _approval(person: str, role: str, assurance: str) -> dict[str, str]:
    return {"person": person, "role": role, "assurance": assurance}


def _in_words(verdict: Verdict) -> str:
    if verdict.passes:
        return "The gate is open: merged now, everything stays under control."
    waiting = " Rules about files gave no verdict." if verdict.files.waiting else ""
    return f"The gate is closed: {count(len(verdict.findings), 'finding')}.{waiting}"


def _bullet(finding: Finding) -> str:
    hint = f" {finding.hint}" if finding.hint else ""
    return f"- {finding.severity}: {_cell(f'{finding.path}: {finding.message}.{hint}')} (`{finding.rule}`)"


def _cell(words: str) -> str:
    """Text that stays text in a table of a pull request: no markup, no mention, no link of its own."""
    for character in "\\`*_{}[]<>|#":
        words = words.replace(character, f"\\{character}")
    return words.replace("@", "@\u200b").replace("\n", " ")
