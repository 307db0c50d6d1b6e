"""What a revision changes, for people at a terminal: removed words as [-old-], added ones as {+new+}, in colour."""

from collections.abc import Iterator, Sequence

import click

from smsrepo.control.document_diff import DocumentDiff
from smsrepo.control.word_diff import Kind, Paragraph, Segment, without_breaks
from smsrepo.export.columns import harmless
from smsrepo.model.words import count


def render(diff: DocumentDiff) -> str:
    """The fields of the header that changed, then the text with what did not change folded."""
    lines = [
        f"  {field.name}: {_shown(_one(field.before, Kind.REMOVED))} → {_shown(_one(field.after, Kind.ADDED))}"
        for field in diff.fields
    ]
    if diff.rewritten:
        lines.append(
            "  the header is also written differently (comments, quotes, order), with the same values"
        )
    head = "\n".join(["Header", *lines, ""]) + "\n" if lines else ""
    return head + "".join(_text(diff.text)) if diff else "Nothing differs.\n"


def _one(value: str, kind: Kind) -> Segment:
    return Segment(kind, value) if value else Segment(Kind.SAME, "(none)")


def _text(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    unchanged = rewrapped = 0
    for paragraph in paragraphs:
        segments = list(without_breaks(paragraph.segments))
        if all(segment.kind is Kind.SAME for segment in segments):
            unchanged += len("".join(segment.text for segment in segments).splitlines())
            rewrapped += paragraph.changed
            continue
        yield from _folded(unchanged, rewrapped)
        unchanged = rewrapped = 0
        text = "".join(map(_shown, segments))
        yield text if text.endswith("\n") else f"{text}\n"
    yield from _folded(unchanged, rewrapped)


def _folded(unchanged: int, rewrapped: int) -> Iterator[str]:
    if rewrapped:
        yield click.style(
            f"… {count(unchanged, 'line')} with the same words, but other line breaks\n", dim=True
        )
    elif unchanged:
        yield click.style(f"… {count(unchanged, 'line')} unchanged\n", dim=True)


def _shown(segment: Segment) -> str:
    """A segment with marks around its words; white space at the ends stays outside, but is marked where it is all."""
    kind, text = segment.kind, harmless(segment.text)
    if kind is Kind.SAME:
        return text
    if kind is Kind.REMOVED and text.isspace():
        text = text.replace("\n", "")
    words = text.strip() or text
    before, _, after = text.partition(words) if words else ("", "", "")
    start, end, colour = ("[-", "-]", "red") if kind is Kind.REMOVED else ("{+", "+}", "green")
    marked = "\n".join(
        click.style(f"{start}{line}{end}", fg=colour) if line else line for line in words.split("\n")
    )
    return f"{before}{marked}{after}"
