"""A seeded corpus: the example repository plus N documents (6 KB, 20 header fields), N records (1.2 KB), a history."""

import json
import random
import subprocess
from pathlib import Path

from smsrepo.pack.contents import pack_files, pack_root

_WORDS = """
service change request incident owner review plan record customer supplier target measure agreed approved component
release risk control policy process result report action date before after each every month
""".split()  # noqa: SIM905 - a list of forty quoted words reads worse
_SECTIONS = ("Purpose", "Scope", "Responsibilities", "Steps", "Records")
_EXTRA = [f"field_{number}" for number in range(1, 10)]


def write_corpus(root: Path, size: int, seed: int = 20000) -> None:
    """Write `size` documents and `size` records into `root`, which holds the example repository afterwards."""
    chance = random.Random(seed)
    for path in pack_files(example=True):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes((pack_root() / path).read_bytes())
    (root / "schemas/documents/bench-instruction.schema.json").write_text(_schema())
    documents, incidents = root / "sms/processes", root / "sms/records/incidents"
    documents.mkdir(parents=True, exist_ok=True)
    for number in range(1, size + 1):
        (documents / f"BEN-{number:04d}-instruction-{number}.md").write_text(_document(chance, number, size))
        (incidents / f"INC-2025-{number:04d}-incident-{number}.yml").write_text(_incident(chance, number))


def write_history(root: Path, size: int) -> None:
    """A git history of size/10 commits that touch every file of the corpus three times."""
    subprocess.run(["git", "init", "--quiet", "-b", "main", str(root)], check=True)
    files = sorted(
        p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file() and ".git" not in p.parts
    )
    commits = max(size // 10, 3)
    stream = [b"feature done\n"]
    share = max(3 * len(files) // commits, 1)
    for commit in range(commits):
        touched = (
            files
            if commit == commits - 1
            else [files[(commit * share + i) % len(files)] for i in range(share)]
        )
        message = f"Revise files, step {commit}".encode()
        stream.append(
            f"commit refs/heads/main\ncommitter Bench <bench@example.org> {1760000000 + commit * 3600} +0000\n".encode()
        )
        stream.append(b"data %d\n%s\n" % (len(message), message))
        for path in touched:
            content = (root / path).read_bytes()
            if commit < commits - 1:
                content += b"\n<!-- step %d -->\n" % commit
            stream.append(f"M 100644 inline {path}\n".encode() + b"data %d\n%s\n" % (len(content), content))
    stream.append(b"done\n")
    subprocess.run(
        ["git", "-C", str(root), "fast-import", "--quiet", "--done"], input=b"".join(stream), check=True
    )
    subprocess.run(["git", "-C", str(root), "reset", "--quiet"], check=True)


def _document(chance: random.Random, number: int, size: int) -> str:
    title = f"Instruction {number}"
    header = [
        f"id: BEN-{number:04d}",
        "type: bench-instruction",
        f"title: {title}",
        'revision: "1.0"',
        "status: issued",
        'effective_from: "2026-01-12"',
        "owner: sms-manager",
        "review_every: P12M",
        f"summary_of_change: {_sentence(chance)}",
        "audience: [all-staff, service-desk]",
        "classification: internal",
        *(f"{name}: {_sentence(chance, 6)}" for name in _EXTRA),
    ]
    other = chance.randint(1, size)
    sections = "\n".join(f"## {name}\n\n{_paragraphs(chance)}\n" for name in _SECTIONS)
    link = f"See [instruction {other}](BEN-{other:04d}-instruction-{other}.md#steps).\n"
    return "---\n" + "\n".join(header) + f"\n---\n# {title}\n\n{sections}\n{link}"


def _incident(chance: random.Random, number: int) -> str:
    day = f"2026-{chance.randint(1, 10):02d}-{chance.randint(1, 28):02d}"
    return f"""# yaml-language-server: $schema=../../../schemas/records/incident.schema.json
id: INC-2025-{number:04d}
type: incident
title: Incident {number}
status: closed
recorded_on: "{day}"
recorded_by: peter-okafor
source_system: Ticket tool, {number}
reported_at: "{day}T08:10:00+01:00"
reported_by: {_sentence(chance, 4)}
service: SVC-002
customer: CUS-001
components: [CI-004, CI-005]
category: software
description: {_sentence(chance, 24)}
impact: low
urgency: medium
priority: 4
updates:
- at: "{day}T08:20:00+01:00"
  text: {_sentence(chance, 14)}
  told_customer: true
- at: "{day}T09:05:00+01:00"
  text: {_sentence(chance, 14)}
  told_customer: true
escalations:
  none: {_sentence(chance, 8)}
resolved_at: "{day}T09:40:00+01:00"
resolution: {_sentence(chance, 16)}
cause: {_sentence(chance, 12)}
closed_at: "{day}T15:00:00+01:00"
user_confirmed: true
major: false
security: false
downtime_minutes: 0
"""


def _schema() -> str:
    text = {"$ref": "../common/types.schema.json#/$defs/text"}
    sections = [
        {"id": name.lower(), "title": name, "help": f"What belongs under {name.lower()} of the instruction."}
        for name in _SECTIONS
    ]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Work instruction",
        "description": "A document of the benchmark corpus, with twenty header fields.",
        "x-sms": {
            "code": "BEN",
            "kind": "document",
            "plural": "Work instructions",
            "prefix": "BEN",
            "folder": "sms/processes",
            "sections": sections,
        },
        "allOf": [{"$ref": "../common/control-header.schema.json"}],
        "properties": {"type": {"const": "bench-instruction"}, **dict.fromkeys(_EXTRA, text)},
        "unevaluatedProperties": False,
    }
    return json.dumps(schema, indent=2)


def _paragraphs(chance: random.Random) -> str:
    return "\n\n".join(" ".join(_sentence(chance, 14) + "." for _ in range(4)) for _ in range(3))


def _sentence(chance: random.Random, words: int = 10) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize()
