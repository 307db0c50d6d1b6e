"""What a revision changes, for people at a terminal: removed words as [-old-], added ones as {+new+}, in colour."""

from collections.abc import Iterator, Sequence

import click

from smsrepo.control.document_diff import DocumentDiff
from smsrepo.control.word_diff import Kind, Paragraph, Segment
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
        segments = list(_without_breaks(paragraph.segments))
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


def _without_breaks(segments: Sequence[Segment]) -> Iterator[Segment]:
    """A space that became a line break, the other way round, and blank lines at an end are not worth a mark."""
    for before, segment, after in zip((None, *segments), segments, (*segments[1:], None), strict=False):
        beside = {Kind.REMOVED: after, Kind.ADDED: before, Kind.SAME: None}[segment.kind]
        other = beside if beside and beside.kind not in (Kind.SAME, segment.kind) else None
        alike = _is_break(other.text) if other else segment.text != " "
        if segment.kind is Kind.SAME or not alike or not _is_break(segment.text):
            yield segment
        elif segment.kind is Kind.ADDED:
            yield Segment(Kind.SAME, segment.text)


def _is_break(text: str) -> bool:
    return text == " " or not text.strip("\n")


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
