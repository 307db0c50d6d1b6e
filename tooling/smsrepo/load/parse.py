"""One file into plain data: the unit of work that runs in parallel, so everything in it can be marshalled."""

from typing import Any, NamedTuple

from smsrepo.load import decisions, front_matter, markdown, text, yaml_dialect
from smsrepo.load.refusal import Refused
from smsrepo.model.artefact import Link, Mark


class Parsed(NamedTuple):
    """What a file holds. `refusal` is (message, hint, line, column) where it could not be read."""

    data: Any = None
    headings: Any = ()
    links: Any = ()
    marks: Any = ()
    refusal: tuple[str, str, int, int] | None = None


def parse_file(path: str, raw: bytes) -> Parsed:
    """The parsed file; never raises for what the file holds."""
    try:
        return _parse(path, text.decode(raw))
    except Refused as refused:
        return Parsed(refusal=(refused.message, refused.hint, refused.line, refused.column))


def header_of(path: str, content: str) -> tuple[str, int]:
    """The YAML part of a file that parses, and its first line."""
    return (front_matter.split(content).header, 2) if path.endswith(".md") else (content, 1)


def _parse(path: str, content: str) -> Parsed:
    if not path.endswith(".md"):
        return _parse_yaml(content)
    parts = front_matter.split(content)
    data = _mapping(parts.header, 2)
    headings, links, html = markdown.structure(parts.body, parts.body_line)
    if not decisions.possible(content):
        return Parsed(data, headings, links)
    before = len(content) - len(parts.body)
    marks = [
        *(mark._replace(line=mark.line + 1) for mark in _yaml_marks(parts.header)),
        *decisions.in_markdown(content, [(start + before, end + before) for start, end in html]),
    ]
    return Parsed(data, headings, links, marks)


def _parse_yaml(content: str) -> Parsed:
    data = _mapping(content, 1)
    links = _links_in_fields(content) if "](" in content else []
    marks = _yaml_marks(content)
    return Parsed(data, links=links, marks=marks)


def _yaml_marks(text: str) -> list[Mark]:
    if not decisions.possible(text):
        return []
    positions = yaml_dialect.positions(text).values()
    scalars = [position.span for position in positions if position.written is not None]
    return sorted(decisions.in_yaml(text, scalars), key=lambda mark: (mark.line, mark.column))


def _mapping(header: str, first_line: int) -> dict[str, Any]:
    data = yaml_dialect.parse(header, first_line)
    if not isinstance(data, dict):
        raise Refused("there are no fields here", first_line, hint="Write one `name: value` per line.")
    return data


def _links_in_fields(content: str) -> list[Link]:
    """Links in the text fields of a YAML file, each with the line and column of its field."""
    return [
        Link(link.target, *position.value)
        for position in yaml_dialect.positions(content).values()
        if position.written and "](" in position.written
        for link in markdown.structure(position.written, 1).links
    ]
