"""Durations by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsrepo.model.duration import Duration


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("P12M", date(2025, 12, 1), date(2026, 12, 1), "12 months"),
        ("P1M", date(2026, 1, 31), date(2026, 2, 28), "1 month"),
        ("P1Y", date(2024, 2, 29), date(2025, 2, 28), "1 year"),
        ("P2W", date(2026, 1, 1), date(2026, 1, 15), "2 weeks"),
        ("P1Y2M3D", date(2026, 1, 1), date(2027, 3, 4), "1 year 2 months 3 days"),
        ("PT36H", date(2026, 1, 1), date(2026, 1, 2), "36 hours"),
        ("P1DT30M", date(2026, 1, 1), date(2026, 1, 2), "1 day 30 minutes"),
        ("P9999Y", date(2026, 1, 1), date.max, "9999 years"),
    ],
)
def test_duration(text: str, start: date, end: date, words: str) -> None:
    duration = Duration(text)
    assert (duration.after(start), duration.words, str(duration)) == (end, words, text)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "12M", "P1", "yearly", "P-1D", "P1.5D", "p12m", "P1D ", "P1H"]
)
def test_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        Duration(text)


def test_equal_durations() -> None:
    assert Duration("P14D") == Duration("P2W") != Duration("P1M")
    assert len({Duration("P14D"), Duration("P2W")}) == 1
    assert Duration("P14D") != "P14D"


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(0, 4000))
def test_days_are_days(start: date, days: int) -> None:
    assert Duration(f"P{days}D").after(start) == start + timedelta(days=days)


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(1, 400), st.integers(1, 400))
def test_more_months_end_later(start: date, months: int, more: int) -> None:
    sooner, later = Duration(f"P{months}M").after(start), Duration(f"P{months + more}M").after(start)
    assert start < sooner < later
    assert sooner.day <= start.day
