"""On the way into a new repository every document becomes a draft, every decision open again."""

import re

from smsrepo.load import front_matter
from smsrepo.load.yaml_dialect import compose

_DECIDED = re.compile(r"((?:<!--|#)\s*)decided:", re.IGNORECASE)
_DROPPED = frozenset({"effective_from", "author", "change", "successor"})


def as_draft(text: str, summary: str) -> str:
    """A document's text with revision 0.1, status draft, no dates and every decision open."""
    parts = front_matter.split(text)
    header = _edit(parts.header, {"revision": '"0.1"', "status": "draft", "summary_of_change": summary})
    return reopen(f"{front_matter.FENCE}{header}{front_matter.FENCE}{parts.body}")


def reopen(text: str) -> str:
    """The text with every `decided:` mark turned into `decide:`."""
    return _DECIDED.sub(r"\1decide:", text)


def _edit(header: str, values: dict[str, str]) -> str:
    """The header with some fields replaced and some dropped; everything else to the letter."""
    lines = header.splitlines(keepends=True)
    keys = [(key.value, key.start_mark.line) for key, _ in compose(header).value]
    ends = [line for _, line in keys[1:]] + [len(lines)]
    edited = lines[: keys[0][1]]
    for (name, start), end in zip(keys, ends, strict=True):
        if name in values:
            edited.append(f"{name}: {values[name]}\n")
        elif name not in _DROPPED:
            edited += lines[start:end]
    return "".join(edited)
