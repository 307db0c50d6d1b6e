"""A Markdown document is a YAML header between two lines of three dashes, then its text."""

from typing import NamedTuple

from smsrepo.load.refusal import Refused

FENCE = "---\n"


class Parts(NamedTuple):
    """Header (starts in line 2 of the file) and body with the line it starts in."""

    header: str
    body: str
    body_line: int


def split(text: str) -> Parts:
    """Header and body of a document; raises Refused where it has no complete header."""
    if not text.startswith(FENCE):
        raise Refused(
            "the document has no header",
            hint="Start the file with a line of three dashes, the header fields, and three dashes again.",
        )
    if text.startswith(FENCE, len(FENCE)):
        end = len(FENCE) - 1
    else:
        end = text.find("\n---\n", len(FENCE) - 1)
        if end < 0 and text.endswith("\n---"):
            end = len(text) - len(FENCE)
    if end < 0:
        raise Refused(
            "the header is not closed", hint="Put a line of three dashes behind the last header field."
        )
    header = text[len(FENCE) : end + 1]
    return Parts(header, text[end + 1 + len(FENCE) :], header.count("\n") + 3)
