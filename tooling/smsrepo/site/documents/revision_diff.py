"""What a revision changed, word by word: removed words are struck through, new ones underlined."""

import re
from collections.abc import Iterator, Sequence

from smsrepo.control.document_diff import DocumentDiff, FieldChange, document_diff
from smsrepo.control.editions import Edition
from smsrepo.control.word_diff import Kind, Paragraph, Segment, without_breaks
from smsrepo.model.words import count
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import plain, words

_HEADING = re.compile(r"\s*#{1,6}(?:\s|$)")
_BOLD = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")
_TAGS = {Kind.REMOVED: "del", Kind.ADDED: "ins"}


def difference(publication: Publication, before: Edition, after: Edition) -> str:
    """A block of HTML with the fields that changed, then the text with what did not change folded."""
    contents = publication.contents
    found = document_diff(after.version.path, contents[before.version.blob], contents[after.version.blob])
    rows = [*map(_field, found.fields), *_attachments(before, after)]
    parts = [f'<dl class="sms-facts">{"".join(rows)}</dl>'] if rows else []
    parts += _text(found)
    return "\n".join(['<div class="sms-diff">', *(parts or ["<p>Nothing differs.</p>"]), "</div>"])


def _field(change: FieldChange) -> str:
    old = f"<del>{plain(change.before)}</del>" if change.before else ""
    new = f"<ins>{plain(change.after)}</ins>" if change.after else ""
    return f"<dt>{plain(words(change.name))}</dt><dd>{' '.join(filter(None, (old, new))) or '–'}</dd>"


def _attachments(before: Edition, after: Edition) -> Iterator[str]:
    old = {member.path: member.sha256 for member in before.version.attached}
    new = {member.path: member.sha256 for member in after.version.attached}
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            what = "added" if path not in old else "removed" if path not in new else "changed"
            yield f"<dt>Attachment</dt><dd>{plain(path)}: {what}</dd>"


def _text(diff: DocumentDiff) -> Iterator[str]:
    unchanged = 0
    for paragraph in diff.text:
        segments = list(without_breaks(paragraph.segments))
        if all(segment.kind is Kind.SAME for segment in segments):
            unchanged += _has_words(paragraph)
            continue
        yield from _folded(unchanged)
        unchanged = 0
        yield _paragraph(segments)
    yield from _folded(unchanged)


def _paragraph(segments: Sequence[Segment]) -> str:
    """Without the marks for headings and bold type, which only authors know; all words are there."""
    text = "".join(map(_marked, segments)).strip()
    title = _HEADING.match(segments[0].text)
    if title:
        return f"<p><strong>{text}</strong></p>"
    return f"<p>{text}</p>"


def _has_words(paragraph: Paragraph) -> bool:
    return any(segment.text.strip() for segment in paragraph.segments)


def _folded(unchanged: int) -> Sequence[str]:
    return [f'<p class="sms-quiet">… {count(unchanged, "paragraph")} unchanged</p>'] if unchanged else []


def _marked(segment: Segment) -> str:
    """A segment with its tag around the words; white space at the ends stays outside, but is marked where it is all."""
    text = _BOLD.sub("", _HEADING.sub("", " ".join(segment.text.split())))
    before, after = segment.text[:1].isspace(), segment.text[-1:].isspace()
    if segment.kind is Kind.SAME:
        inner = plain(text)
    else:
        tag = _TAGS[segment.kind]
        inner = f"<{tag}>{plain(text) or '␣'}</{tag}>"
    return f"{' ' if before else ''}{inner}{' ' if after else ''}"
