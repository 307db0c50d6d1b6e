"""On the way into a new repository every document becomes a draft, every decision open again."""

import re

from smsrepo.load import front_matter
from smsrepo.load.yaml_dialect import compose

_DECIDED = re.compile(r"((?:<!--|#)\s*)decided:", re.IGNORECASE)
_REVISION = re.compile(rb'^revision: "', re.MULTILINE)
_DROPPED = frozenset({"effective_from", "author", "change", "successor", "aligned_with"})


def as_draft(text: str, summary: str) -> str:
    """A document or a register entry with revision 0.1, status draft, no dates and every decision open."""
    values = {"revision": '"0.1"', "status": "draft", "summary_of_change": summary}
    if not text.startswith(front_matter.FENCE):
        return reopen(edited(text, values, _DROPPED))
    parts = front_matter.split(text)
    header = edited(parts.header, values, _DROPPED)
    return reopen(f"{front_matter.FENCE}{header}{front_matter.FENCE}{parts.body}")


def is_controlled(content: bytes) -> bool:
    """Whether a file has the header of a controlled document: settings and records have no revision."""
    return bool(_REVISION.search(content))


def reopen(text: str) -> str:
    """The text with every `decided:` mark turned into `decide:`."""
    return _DECIDED.sub(r"\1decide:", text)


def without(text: str, field: str) -> str:
    """A YAML file without one of its top-level fields; everything else to the letter."""
    return edited(text, {}, frozenset({field}))


def edited(header: str, values: dict[str, str], dropped: frozenset[str]) -> str:
    """The header with some fields replaced and some dropped; everything else to the letter."""
    lines = header.splitlines(keepends=True)
    keys = [(key.value, key.start_mark.line) for key, _ in compose(header).value]
    ends = [line for _, line in keys[1:]] + [len(lines)]
    edited = lines[: keys[0][1]]
    for (name, start), end in zip(keys, ends, strict=True):
        if name in values:
            edited.append(f"{name}: {values[name]}\n")
        elif name not in dropped:
            edited += lines[start:end]
    return "".join(edited)
