"""Front matter and the structure of a document's text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsrepo.load import front_matter
from smsrepo.load.markdown import slugify, structure
from smsrepo.load.parse import parse_file
from smsrepo.load.refusal import Refused


def test_header_and_body_with_their_lines() -> None:
    parts = front_matter.split("---\na: b\nc: d\n---\n# T\n")
    assert parts == ("a: b\nc: d\n", "# T\n", 5)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("# T\n", "no header"),
        ("---\na: b\n# T\n", "not closed"),
        ("--- \na: b\n---\n", "no header"),
        ("---", "no header"),
    ],
)
def test_no_complete_header(text: str, part: str) -> None:
    with pytest.raises(Refused, match=part):
        front_matter.split(text)


def test_header_at_the_end_of_the_file() -> None:
    assert front_matter.split("---\na: b\n---") == ("a: b\n", "", 4)


def test_header_without_fields_is_refused() -> None:
    assert parse_file("x.md", b"---\n---\n# T\n").refusal == (
        "there are no fields here",
        "Write one `name: value` per line.",
        2,
        1,
    )


def test_headings_with_anchor_line_and_words() -> None:
    body = "# Tïtle `x`\n\none two\n\n## Same\n\nthree\n\n## Same\n\n### Own {#my-own}\n\n| four | five |\n|-|-|\n| six | 7 |\n"
    headings = structure(body, 10).headings
    assert [tuple(h) for h in headings] == [
        (1, "tïtle-x", "Tïtle x", 10, 2),
        (2, "same", "Same", 14, 1),
        (2, "same_1", "Same", 18, 0),
        (3, "my-own", "Own", 20, 4),
    ]


def test_links_with_their_place() -> None:
    body = "é [a](b.md#c) and ![i](p.png)\n\n[r][x]\n\n<https://example.org>\n\n[x]: d.md\n"
    links = structure(body, 1).links
    assert [tuple(link) for link in links] == [
        ("b.md#c", 1, 3),
        ("p.png", 1, 19),
        ("d.md", 3, 1),
        ("https://example.org", 5, 1),
    ]


def test_code_holds_no_headings_or_links() -> None:
    headings, links, _ = structure("```\n# no\n[a](b.md)\n```\n", 1)
    assert (headings, links) == ([], [])


def marks(path: str, content: str) -> list[tuple[str, bool, int, int]]:
    parsed = parse_file(path, content.encode())
    assert parsed.refusal is None
    return [tuple(mark) for mark in parsed.marks]


def test_marks_in_markdown() -> None:
    text = """---
a: b # decide: in the header?
---
a é
<!-- decide: Who
  decides? -->
b é <!-- decided: done --> and `<!-- decide: an example -->`

    <!-- decide: code as well -->

# decide: a heading
"""
    assert marks("x.md", text) == [
        ("in the header?", True, 2, 6),
        ("Who decides?", True, 5, 1),
        ("done", False, 7, 5),
    ]


def test_marks_in_yaml() -> None:
    text = """a: b # decide: one?
# decided: two
#decide: three
c: "see <!-- decide: four -->"
d: "no # decide is text"
e: |
  # decide: so is this
  <!-- decide: five -->
"""
    assert marks("x.yml", text) == [
        ("one?", True, 1, 6),
        ("two", False, 2, 1),
        ("three", True, 3, 1),
        ("four", True, 4, 9),
        ("five", True, 8, 3),
    ]


@pytest.mark.parametrize("flood", ["<!-- decide: ", "<!--", "# decide: ", "[a](", "![", "`"])
def test_floods_take_no_time(flood: str) -> None:
    raw = (flood * (1_000_000 // len(flood))).encode()
    started = time.perf_counter()
    parse_file("x.md", b"---\na: b\n---\n" + raw)
    parse_file("x.yml", b"a: b\nc: |\n  " + raw)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Scope", "scope"),
        ("Roles & duties (RACI)", "roles-duties-raci"),
        ("Änderungen  im Überblick", "änderungen-im-überblick"),
    ],
)
def test_slugify(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.sampled_from(["a.md", "a.yml"]))
@settings(max_examples=400, deadline=None)
def test_any_bytes_give_data_or_a_place(raw: bytes, path: str) -> None:
    for content in (raw, b"---\na: b\n---\n" + raw, b"---\n" + raw + b"\n---\n"):
        parsed = parse_file(path, content)
        if parsed.refusal:
            message, _hint, line, column = parsed.refusal
            assert message
            assert 1 <= line <= content.count(b"\n") + 2
            assert column >= 1
        else:
            assert isinstance(parsed.data, dict)
