"""What the YAML dialect accepts, what it refuses and where, and that nothing can crash it."""

import math
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsrepo.load.refusal import Refused
from smsrepo.load.yaml_dialect import parse, positions
from smsrepo.pack.yaml_text import dump

ACCEPTED: list[tuple[str, Any]] = [
    ("a: 1", {"a": 1}),
    ("a: -12", {"a": -12}),
    ("a: 1.10", {"a": 1.1}),
    ("a: .5", {"a": 0.5}),
    ("a: 1e3", {"a": 1000.0}),
    ('a: "1.10"', {"a": "1.10"}),
    ("a: '1'", {"a": "1"}),
    ("a: no", {"a": "no"}),
    ("on: yes", {"on": "yes"}),
    ("a: true", {"a": True}),
    ("a: FALSE", {"a": False}),
    ("a: True", {"a": True}),
    ("a:", {"a": None}),
    ("a: ~", {"a": None}),
    ("a: Null", {"a": None}),
    ('a: ""', {"a": ""}),
    ("a: 2026-11-20", {"a": "2026-11-20"}),
    ("a: 12:30", {"a": "12:30"}),
    ("a: 1_000", {"a": "1_000"}),
    ("a: 007", {"a": 7}),
    ("a: +", {"a": "+"}),
    ("a: R&D and 5 * 3!", {"a": "R&D and 5 * 3!"}),
    ("a: [b, {c: d}]", {"a": ["b", {"c": "d"}]}),
    ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
    ("a: >-\n  x\n  y\n", {"a": "x y"}),
    ("# only a comment", None),
    ("---\na: b\n", {"a": "b"}),
    ("- a\n- b\n", ["a", "b"]),
    ('"no": x', {"no": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "data"), ACCEPTED)
def test_accepted(text: str, data: Any) -> None:
    assert parse(text) == data


REFUSED = [
    ("a: 1\na: 2", 2, 1, "second time"),
    ("a:\n  b: 1\n  b: 2", 3, 3, "first in line 2"),
    ("a: &x 1", 1, 4, "anchor"),
    ("a: &x 1\nb: *x", 1, 4, "anchor"),
    ("a: *x", 1, 4, "alias"),
    ('a: {"b":&x [1], "c":*x}', 1, 9, "anchor"),
    ("a: [b,&x c]", 1, 7, "anchor"),
    ('a: "\\0"', 1, 4, "hidden character"),
    ('a: "\\e[31m"', 1, 4, "hidden character"),
    ('a: "x\\u202e"', 1, 4, "hidden character"),
    ("a: !!str 1", 1, 4, "tag"),
    ("a: b\nb: !x", 2, 4, "tag"),
    ("a: -", 1, 4, "list entry"),
    ("%YAML 1.1\n---\na: b", 1, 1, "directive"),
    ("a:\tb", 1, 3, "tab"),
    ("a: b\n\tc: d", 2, 1, "tab"),
    ("1: x", 1, 1, "must be text"),
    ("true: x", 1, 1, "must be text"),
    ("? [a]\n: b", 1, 3, "must be text"),
    ("a: 12345678901234567890", 1, 4, "too large"),
    ("a: 1e999", 1, 4, "too large"),
    ("a: .inf", 1, 4, "finite"),
    ("a: 0x1F", 1, 4, "hexadecimal"),
    ("a: b: c", 1, 5, "colon"),
    ('a: "b', 1, 4, "never closed"),
    ("a: [b", 1, 4, "not closed"),
    ("a: b\n c: d", 2, 3, "colon"),
    ("a: b\n---\nc: d", 2, 1, "second document"),
    ("a: b\nc", 2, 1, "no `name: value` line"),
    ("a: @b", 1, 4, "cannot start"),
    ("- a\nb: c", 2, 1, "between list entries"),
    ("a: " + "[" * 41 + "]" * 41, 1, 43, "deeper than 40"),
    ("- " * 41 + "x", 1, 81, "deeper than 40"),
    ("\n".join(" " * i + f"k{i}:" for i in range(42)), 41, 41, "deeper than 40"),
]


@pytest.mark.parametrize(("text", "line", "column", "part"), REFUSED)
def test_refused(text: str, line: int, column: int, part: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(text)
    assert part in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "{" * 200_000,
        "- " * 200_000,
        "a:\n  " + "-  " * 60_000 + "x",
        ": - " * 60_000,
        "a: " + "{a: [" * 100_000,
        "? " * 200_000,
    ],
)
def test_a_flood_of_brackets_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse(text)


def test_alias_bomb_is_refused_before_it_grows() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]" for a, b in zip("abcdef", "bcdefg", strict=True)
    ]
    with pytest.raises(Refused, match="anchor"):
        parse("\n".join(lines))


def test_positions_name_keys_values_and_what_is_written() -> None:
    found = positions("a: 1.10\nb:\n- c: x\n  d/e: ~\n", first_line=5)
    assert found["/a"].value == (5, 4)
    assert found["/a"].key == (5, 1)
    assert found["/a"].written == "1.10"
    assert found["/b/0/c"].value == (7, 6)
    assert found["/b/0/d~1e"].key == (8, 3)


_TEXT = st.text(alphabet=string.printable + "äø→[]{}&*!-:#'\"\\", max_size=200)


@given(_TEXT)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_data_or_a_place(text: str) -> None:
    try:
        parse(text)
    except Refused as refused:
        assert 1 <= refused.line <= text.count("\n") + 2
        assert refused.column >= 1
        assert refused.message


_PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=20
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(string.ascii_letters, min_size=1, max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(string.ascii_letters + "-_", min_size=1, max_size=8), _PLAIN, max_size=4))
@settings(max_examples=200, deadline=None)
def test_what_we_write_we_read(data: dict[str, Any]) -> None:
    assert _same(parse(dump(data)), data)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9)
    return bool(one == other)
