"""Which bytes count as text, and where the first bad one stands."""

import pytest

from smsrepo.load.refusal import Refused
from smsrepo.load.text import MAX_BYTES, decode

REFUSED = [
    (b"", 1, 1, "empty"),
    (b" \n\n", 1, 1, "empty"),
    (b"a: b\n\x00\x01", 2, 1, "binary"),
    (b"a: \xff", 1, 4, "not UTF-8"),
    ("a: ä\nb: ".encode() + b"\xc3", 2, 4, "not UTF-8"),
    (b"\xef\xbb\xbfa: b", 1, 1, "byte order mark"),
    (b"a: b\rc: d", 1, 5, "CR"),
    ("a: b\u202ec".encode(), 1, 5, "right-to-left override"),
    ("x\na: \u200bb".encode(), 2, 4, "zero width space"),
    (b"a: \x07", 1, 4, "control character"),
    ("a: e\u0301".encode(), 1, 4, "two parts"),
    (b"a" * (MAX_BYTES + 1), 1, 1, "more than 1 MiB"),
]


@pytest.mark.parametrize(("raw", "line", "column", "part"), REFUSED)
def test_refused(raw: bytes, line: int, column: int, part: str) -> None:
    with pytest.raises(Refused) as caught:
        decode(raw)
    assert part in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text", ["a: b\n", "a: äøå – “x”\n", "a: 漢字\n", "a: \u200d👩\u200d🔧\n", "tab\tin prose"]
)
def test_accepted(text: str) -> None:
    assert decode(text.encode()) == text
