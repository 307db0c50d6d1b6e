"""Results against targets: twelve months, what was missed and what followed, what was not measured."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser

from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication
from smsrepo.site.services.hours import hours_in_words
from smsrepo.site.services.levels import Levels, Target, agreed, month_before, targets_of
from smsrepo.site.services.levels_page import answers
from smsrepo.site.services.service_targets import year

MEASUREMENT = """id: {id}
type: measurement
title: Mail in {period}
status: recorded
recorded_on: "2026-11-02"
recorded_by: ben-okoro
agreement: SLA-001
target: {target}
period: "{period}"
actual: {actual}
met: {met}
"""
MEASURED = "sms/records/measurements/{}-mail.yml"


def measured(
    number: int, period: str, actual: float, *, met: bool = True, target: str = "availability-mail"
) -> dict[str, str]:
    id_ = f"MEA-2026-{number:04}"
    text = MEASUREMENT.format(id=id_, period=period, actual=actual, met=str(met).lower(), target=target)
    return {MEASURED.format(id_): text}


def availability(publication: Publication) -> Target:
    return targets_of(publication.repo.by_id["SLA-001"])[0]


# (day of publication, first and last month of the window, whether the results come late)
DAYS = {
    "the month before is the last": (date(2026, 11, 20), "2025-11", "2026-10", False),
    "one month may wait for its result": (date(2026, 12, 3), "2025-12", "2026-11", False),
    "two may not": (date(2027, 1, 3), "2026-01", "2026-12", True),
    "a month measured before its end counts": (date(2026, 10, 30), "2025-11", "2026-10", False),
    "what came later is not known yet": (date(2026, 9, 30), "2025-10", "2026-09", False),
}


@pytest.mark.parametrize(("day", "first", "last", "late"), DAYS.values(), ids=DAYS)
def test_window(publication: Publication, day: date, first: str, last: str, late: bool) -> None:
    levels = Levels(publication.repo, day)
    assert (levels.window[0], levels.window[-1], len(levels.window)) == (first, last, 12)
    assert levels.late is late
    assert levels.month <= f"{day:%Y-%m}"


@pytest.mark.parametrize(("day", "month"), [(date(2026, 1, 31), "2025-12"), (date(2026, 12, 1), "2026-11")])
def test_month_before(day: date, month: str) -> None:
    assert month_before(day) == month


def test_a_miss_by_a_hair_does_not_read_as_met(make: Any) -> None:
    publication = make(measured(1, "2026-09", 99.49996, met=False))
    levels = Levels(publication.repo, publication.as_of)
    assert year(levels, availability(publication)) == "0 of 2, worst 99.1 %"
    for path in (
        "service-levels.md",
        "sms/records/measurements/MEA-2026-0001.md",
        "catalog/services/SVC-001.md",
    ):
        assert "99.49996" in pages_of(publication)[path].markdown, path


def test_trend_year_and_misses(publication: Publication) -> None:
    levels = Levels(publication.repo, publication.as_of)
    target = availability(publication)
    assert [record and record.id for record in levels.trend(target)[-3:]] == [
        None, "MEA-2026-0001", "MEA-2026-0002",
    ]  # fmt: skip
    assert year(levels, target) == "1 of 2, worst 99.1 %"
    assert [(found.id, record.id) for found, record in levels.misses(levels.targets)] == [
        ("availability-mail", "MEA-2026-0002")
    ]
    assert levels.unmeasured(levels.targets) == 1


def test_worst_is_the_highest_where_less_is_better(make) -> None:
    files = measured(11, "2026-09", 5, met=False, target="restore-mail")
    files |= measured(12, "2026-10", 1, target="restore-mail")
    publication = make(files)
    levels = Levels(publication.repo, publication.as_of)
    assert year(levels, targets_of(publication.repo.by_id["SLA-001"])[1]) == "1 of 2, worst 5 working days"


# (what is agreed, in words)
AGREED = {
    "availability": (
        {"comparison": "at-least", "threshold": 99.9, "unit": "percent", "window": "month"},
        "at least 99.9 %, each month",
    ),
    "a time is no total of the month": (
        {"comparison": "at-most", "threshold": 4, "unit": "hours", "window": "month"},
        "at most 4 hours, each month",
    ),
    "a longer period": (
        {"comparison": "at-least", "threshold": 4.2, "unit": "score", "window": "year"},
        "at least 4.2 points, each year",
    ),
}


@pytest.mark.parametrize(("target", "said"), AGREED.values(), ids=AGREED)
def test_what_is_agreed(target: dict[str, object], said: str) -> None:
    assert agreed(target) == said


def test_only_the_table_of_results_starts_at_its_end(pages: Mapping[str, Page]) -> None:
    assert 'class="sms-matrix sms-matrix--latest"' in pages["service-levels.md"].markdown
    assert "sms-matrix--latest" not in pages["calendar.md"].markdown


def test_a_phone_shows_the_newest_month(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}service-levels/", wait_until="load")
    table = page.locator(".sms-matrix--latest").first
    page.wait_for_function("() => document.querySelector('.sms-matrix--latest').scrollLeft > 0")
    frame = table.bounding_box()
    newest, target = (
        table.locator(f"tbody tr:first-child {cell}").bounding_box()
        for cell in ("td:nth-last-child(2)", "th")
    )
    page.close()
    assert frame and newest and target
    assert target["x"] == frame["x"]
    assert target["x"] + target["width"] <= newest["x"]
    assert newest["x"] + newest["width"] <= frame["x"] + frame["width"]


def test_result_of_a_longer_period_is_no_month(make) -> None:
    publication = make(measured(11, "2026-Q3", 99.6))
    levels = Levels(publication.repo, publication.as_of)
    assert set(levels.months) == {"2026-09", "2026-10"}


@pytest.mark.parametrize("names", ["the measurement", "the action"])
def test_answer_is_found_whoever_names_the_other(make, names: str) -> None:
    action = """id: ACT-2026-0009
type: action
title: Mend it
status: open
recorded_on: "2026-11-03"
recorded_by: ben-okoro
source: [{}]
description: Do it.
owner: anna-nowak
due: "2026-12-01"
"""
    miss = measured(1, "2026-09", 99.1, met=False)
    if names == "the measurement":
        miss = {path: text + "action: ACT-2026-0009\n" for path, text in miss.items()}
    source = "SLA-001" if names == "the measurement" else "MEA-2026-0001"
    path = "sms/records/actions/ACT-2026-0009-mend-it.yml"
    publication = make(
        {MEASURED.format("MEA-2026-0001"): next(iter(miss.values())), path: action.format(source)}
    )
    assert [a.id for a in answers(publication, publication.repo.by_id["MEA-2026-0001"])] == ["ACT-2026-0009"]
    assert "[ACT-2026-0009 Mend it]" in pages_of(publication)["service-levels.md"].markdown


def test_page_shows_each_result_with_its_record(pages: Mapping[str, Page]) -> None:
    text = pages["service-levels.md"].markdown
    assert "sms-heat--bad" in text
    assert 'href="../sms/records/measurements/MEA-2026-0002/"' in text
    assert "| 2026-10 | Availability, [SVC-001 Mail](catalog/services/SVC-001.md) |" in text
    assert text.count("no result") > 10


def test_no_targets_no_page(make) -> None:
    agreement = make({}).repo.by_id["SLA-001"]
    text = agreement.text.partition("targets:")[0] + "escalation: By telephone.\n"
    publication = make({agreement.path: text})
    pages = pages_of(publication)
    assert "service-levels.md" not in pages
    assert "service-levels.md" not in pages["index.md"].markdown


WEEK = ["mon", "tue", "wed", "thu", "fri"]
# (service hours, in words)
HOURS = {
    "working days": (
        {
            "days": WEEK,
            "from": "07:00",
            "to": "17:00",
            "time_zone": "Europe/Oslo",
            "exceptions": "Not at Easter.",
        },
        "Monday to Friday, 07:00 to 17:00 (Europe/Oslo). Not at Easter.",
    ),
    "always": (
        {
            "days": [*WEEK, "sat", "sun"],
            "from": "00:00",
            "to": "24:00",
            "exceptions": {"none": "Never closed."},
        },
        "Every day, 00:00 to 24:00. Never closed.",
    ),
    "days apart": (
        {"days": ["mon", "wed", "fri"], "from": "9", "to": "12"},
        "Monday, Wednesday, Friday, 9 to 12.",
    ),
    "two days": ({"days": ["sat", "sun"], "from": "9", "to": "12"}, "Saturday, Sunday, 9 to 12."),
    "another shape": ({"from": "9", "to": "12"}, ""),
    "text": ("always", ""),
    "nothing": (None, ""),
}


@pytest.mark.parametrize(("hours", "said"), HOURS.values(), ids=HOURS)
def test_hours(hours: object, said: str) -> None:
    assert hours_in_words(hours) == said
