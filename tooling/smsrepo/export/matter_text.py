"""What a person is about to sign, shown before they do."""

from collections.abc import Iterable, Iterator, Mapping

import click

from smsrepo.control.document_diff import document_diff
from smsrepo.control.matter import Matter
from smsrepo.control.statement import Statement
from smsrepo.export import diff_text
from smsrepo.model.words import few

_SHOWN_WHOLE = frozenset({"approve", "withdraw", "reject", "dispose"})
_VERBS = {
    "approve": "Approve", "reject": "Reject", "revoke": "Take back the approval of", "periodic-review": "Review",
    "withdraw": "Approve the withdrawal of", "dispose": "Approve the disposal of", "acknowledge": "Acknowledge",
}  # fmt: skip


def render(matters: Iterable[Matter], contents: Mapping[str, bytes]) -> str:
    """Each matter with its title and, where bytes are decided on, everything that differs from those in force."""
    return "\n".join("".join(f"{line}\n" for line in _lines(matter, contents)) for matter in matters)


def in_words(statement: Statement) -> str:
    """Such as "Approve POL-001 1.1, POL-002 2.0 as top-management"."""
    names = few([f"{one.name} {one.revision}".strip() for one in statement.subjects])
    return f"{_VERBS[statement.action]} {names}" + (f" as {statement.role}" if statement.role else "")


def _lines(matter: Matter, contents: Mapping[str, bytes]) -> Iterator[str]:
    yield click.style(f"{matter.name}  {_visible(matter.title)}", bold=True)
    if matter.path != matter.name:
        yield f"  {matter.path}"
    if matter.summary:
        yield f"  What changed: {_visible(matter.summary)}"
    if matter.action in _SHOWN_WHOLE:
        before, after = (_content(blob, contents) for blob in (matter.before, matter.after))
        yield "  " + _what_it_does(matter)
        yield ""
        if matter.before:
            yield diff_text.render(document_diff(matter.path, before, after)).rstrip("\n")
        else:
            yield after.decode().rstrip("\n")


def _what_it_does(matter: Matter) -> str:
    if not matter.after:
        return "Taken away; it held:"
    return "Against what is in force:" if matter.before else "New, nothing is in force yet:"


def _content(blob: str, contents: Mapping[str, bytes]) -> bytes:
    """What a file holds, without a character that would steer the terminal or hide."""
    return _visible(contents[blob].decode("utf-8", "replace")).encode() if blob else b""


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else f"<U+{ord(c):04X}>" for c in text)
