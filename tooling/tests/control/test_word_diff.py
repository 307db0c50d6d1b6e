"""Word by word: what is marked, that nothing is lost, and that no text takes long."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsrepo.control.word_diff import Kind, Paragraph, word_diff

WORDS = [f"word{n}" for n in range(3000)]
MARKS = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}


def marked(paragraphs: list[Paragraph]) -> str:
    return "".join(MARKS[s.kind].format(s.text) for p in paragraphs for s in p.segments)


def side(paragraphs: list[Paragraph], left_out: Kind) -> str:
    return "".join(s.text for p in paragraphs for s in p.segments if s.kind is not left_out)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("We serve.", "We serve.", "We serve."),
        ("", "We serve.", "{+We serve.+}"),
        ("We serve.", "", "[-We serve.-]"),
        ("We serve well.", "We serve very well.", "We serve{+ very+} well."),
        ("We serve very well.", "We serve well.", "We serve[- very-] well."),
        ("The desk answers in 20 minutes.", "The desk answers in 30 minutes.", "The desk answers in[- 20-]{+ 30+} minutes."),
        ("We serve.", "Today we serve.", "[-We-]{+Today we+} serve."),
        ("One two three.\n\nFour.\n", "One two three.\n\nNew.\n\nFour.\n", "One two three.\n\n{+New.\n\n+}Four.\n"),
        ("One.\n\nTwo.\n\nThree.\n", "One.\n\nThree.\n", "One.\n\n[-Two.\n\n-]Three.\n"),
        ("Same words\nhere.", "Same\nwords here.", "Same[- -]{+\n+}words[-\n-]{+ +}here."),
        ("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 4\nc: 3\n", "a: 1\nb:[- 2-]{+ 4+}\nc: 3\n"),
        ("# A\nOld text of a kind.\n", "# A\n\nOld text of a kind.\n", "# A[-\n-]{+\n\n+}Old text of a kind.\n"),
        ("- one thing\n- another matter\n", "- one thing\n- third\n- another matter\n", "- one thing\n{+- third\n+}- another matter\n"),
        ("The end.", "The end.\n", "The end.{+\n+}"),
        ("  indented", "    indented", "[-  -]{+    +}indented"),
        ("Nothing alike at all.", "Quite another sentence now.", "[-Nothing alike at all.-]{+Quite another sentence now.+}"),
    ],
)  # fmt: skip
def test_marks(before: str, after: str, expected: str) -> None:
    assert marked(word_diff(before, after)) == expected


def test_a_changed_paragraph_stays_one_beside_new_ones() -> None:
    before = "We restore services fast and tell customers.\n\nWe learn.\n"
    after = (
        "A new start.\n\nWe restore services fast and tell every customer.\n\nOther matters.\n\nWe learn.\n"
    )
    found = word_diff(before, after)
    assert [p.changed for p in found] == [True, True, True, False]
    assert marked(found[1:2]) == "We restore services fast and tell[- customers.-]{+ every customer.+}\n\n"


texts = st.text(alphabet="ab.\n -#:|\t\u2028é", max_size=120) | st.text(max_size=60)


@given(texts, texts)
def test_nothing_is_lost(before: str, after: str) -> None:
    found = word_diff(before, after)
    assert side(found, Kind.ADDED) == before
    assert side(found, Kind.REMOVED) == after
    assert any(p.changed for p in found) == (before != after)
    assert all(s.text for p in found for s in p.segments)


def prose(words: list[str], size: int, per_paragraph: int, chosen: random.Random) -> str:
    said, length = [], 0
    while length < size:
        paragraph = " ".join(chosen.choices(words, k=per_paragraph))
        said.append(paragraph)
        length += len(paragraph) + 2
    return "\n\n".join(said)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(prose(WORDS, 100_000, 80, random.Random(1)), prose(WORDS, 100_000, 80, random.Random(2)), id="rewritten"),
        pytest.param(prose(WORDS, 100_000, 20_000, random.Random(1)), prose(WORDS, 100_000, 20_000, random.Random(2)), id="one paragraph"),
        pytest.param(prose(["a", "b"], 100_000, 60_000, random.Random(1)), prose(["a", "b"], 100_000, 60_000, random.Random(2)), id="two words"),
        pytest.param(prose(["a", "b"], 100_000, 100, random.Random(1)), prose(["a", "b"], 100_000, 100, random.Random(2)), id="paragraphs of two words"),
        pytest.param(prose(["a"], 100_000, 3, random.Random(1)), prose(["a"], 50_000, 3, random.Random(2)) + "b" + prose(["a"], 50_000, 3, random.Random(2)), id="the same line"),
        pytest.param("\n" * 100_000, " \n" * 50_000, id="blank lines"),
        pytest.param("- x\n" * 25_000, "- x\n- y\n" * 12_000, id="list"),
        pytest.param("\n\n".join(f"{w} a b" for w in WORDS), "\n\n".join(f"{w} b a" for w in reversed(WORDS)), id="turned round"),
    ],
)  # fmt: skip
def test_no_text_takes_long(before: str, after: str) -> None:
    started = time.process_time()
    found = word_diff(before, after)
    assert time.process_time() - started < 2
    assert side(found, Kind.ADDED) == before
    assert side(found, Kind.REMOVED) == after
