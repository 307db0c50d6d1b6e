"""Drawings say in words what they show, and reach the reader as they are drawn."""

import re
from itertools import pairwise

import pytest

from smsrepo.site.text.charts import Point, bar, heat_cell, sparkline
from smsrepo.site.text.sanitise import sanitise

MET, MISSED = Point(99.9, missed=False), Point(99.1, missed=True)
# (figures, target, how many dots, how many triangles, how many strokes of the line)
LINES = {
    "all met": ([MET, MET, MET], 99.5, 3, 0, 1),
    "one missed": ([MET, MISSED, MET], 99.5, 2, 1, 1),
    "a month without result breaks the line": ([MET, None, MET], 99.5, 2, 0, 2),
    "nothing at the ends": ([None, None, MET, MISSED, None], 99.5, 1, 1, 1),
    "one figure alone": ([MET], 99.5, 1, 0, 1),
    "no target": ([MET, MISSED], None, 1, 1, 1),
}


@pytest.mark.parametrize(("points", "target", "dots", "triangles", "strokes"), LINES.values(), ids=LINES)
def test_line(
    points: list[Point | None], target: float | None, dots: int, triangles: int, strokes: int
) -> None:
    drawn = sparkline(points, target, "Availability")
    assert drawn.count("sms-spark__met") == dots
    assert drawn.count("sms-spark__missed") == triangles
    line = re.search(r'sms-spark__line" d="([^"]*)"', drawn)
    assert line and line[1].count("M") == strokes
    assert drawn.count("sms-spark__target") == (target is not None)


def test_no_figures_make_no_line() -> None:
    assert sparkline([None, None], 99.5, "Availability") == ""


def heights(drawn: str) -> list[float]:
    return [float(y) for y in re.findall(r'<rect [^>]*y="([\d.]+)"', drawn)]


def test_higher_figures_stand_higher_and_nothing_leaves_the_frame() -> None:
    drawn = sparkline([Point(n, missed=False) for n in (1, 2, 3.5, 80)], 40, "Calls")
    assert all(lower > higher for lower, higher in pairwise(heights(drawn)))
    assert all(0 <= y <= 32 for y in heights(drawn))


def test_equal_figures_stand_in_the_middle() -> None:
    assert set(heights(sparkline([Point(4, missed=False)] * 3, 4, "Days"))) == {16 - 1.5}


@pytest.mark.parametrize("label", ['a "b" c', "a `b` *c* _d_ | e", "<script>alert(1)</script>", "{{ x }}"])
def test_label_is_text_whatever_it_holds(label: str) -> None:
    for drawn in (sparkline([MET], 99.5, label), bar({"met": 1}, label)):
        assert 'role="img"' in drawn
        said = re.search(r'aria-label="([^"]*)"', drawn)
        assert said and not re.search(r"[`*_|<>{}]", said[1])


@pytest.mark.parametrize("drawn", [sparkline([MET, MISSED, None], 99.5, "A"), bar({"met": 2, "gap": 1}, "B")])
def test_drawing_passes_the_last_gate(drawn: str) -> None:
    def parts(html: str) -> list[str]:
        return re.findall(r"<(\w+)", html)

    cleaned = sanitise(drawn)
    assert parts(cleaned) == parts(drawn)
    for kept in ("viewBox=", 'role="img"', "aria-label="):
        assert kept in cleaned


@pytest.mark.parametrize(("missed", "word", "tone"), [(True, "missed", "bad"), (False, "met", "good")])
def test_heat_has_a_word_beside_its_colour(missed: bool, word: str, tone: str) -> None:
    drawn = heat_cell("99.1", missed=missed)
    assert f"sms-heat--{tone}" in drawn
    assert re.sub(r"<[^>]+>", "", drawn) == f"99.1 {word}"
