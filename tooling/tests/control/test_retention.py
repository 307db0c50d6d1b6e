"""Until when a record is kept, what holds it longer, what remains of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.scenario import play

from smsrepo.control.lineage import Version
from smsrepo.control.replay import Replay
from smsrepo.control.retention import (
    Beginning,
    beginning_of,
    closed_on,
    held_by,
    holds_on,
    kept_until,
    tombstones,
)

OPEN, CLOSED = "INC-2026-0001", "INC-2026-0002"
CLOSE = f"on 2026-06-01\nbob edits {OPEN} status=closed\nmerge\n"
CORRECTION = '[{"on":"2026-07-01","by":"bob-berg","why":"Wrong","what":"Title"}]'
ROW = "class: {}, period: {}, trigger: {}, protection: Safe, disposal: Gone, basis: Test, disposal_approvers: [sms-manager]"


def replayed(text: str, path: Path) -> Replay:
    return play(text, path / "repo")[0].replay()


def policy(*changes: str) -> str:
    return "".join(
        f"bob sets sms/control.yml {change}\nanna approves sms/control.yml\nmerge\n" for change in changes
    )


@pytest.mark.parametrize(
    ("text", "record", "expected"),
    [
        pytest.param("", CLOSED, "2027-01-02", id="taken over closed: from the last day its header names"),
        pytest.param("", OPEN, None, id="still open"),
        pytest.param(CLOSE, OPEN, "2027-06-01", id="from the day it entered closed"),
        pytest.param(
            CLOSE.replace("closed", "closed recorded_on=2020-01-01"), OPEN, "2027-06-01", id="not dated back"
        ),
        pytest.param(
            f"{CLOSE}on 2026-07-01\nbob edits {OPEN} corrections={CORRECTION}\nmerge\n"
            f"bob moves {OPEN} to sms/records/incidents/{OPEN}-moved.yml\nmerge",
            OPEN, "2027-06-01", id="a correction or a move starts nothing anew",
        ),
        pytest.param(
            f"{CLOSE}bob edits {OPEN} status=open\nmerge\non 2026-08-01\nbob edits {OPEN} status=closed\nmerge",
            OPEN, "2027-08-01", id="from when it was closed for good",
        ),
        pytest.param(
            f"bob edits {CLOSED} status=open\nmerge\non 2026-08-01\nbob edits {CLOSED} status=closed\nmerge",
            CLOSED, "2027-08-01", id="taken over closed, then open for a while",
        ),
        pytest.param(
            policy("retention[0].types to [change, disposal]"), CLOSED, None, id="in no class of the schedule"
        ),
        pytest.param(
            policy("retention[0].trigger to recorded"), OPEN, "2027-01-02", id="from the day it was recorded"
        ),
        pytest.param(
            policy("retention[0].trigger to recorded") + f"bob edits {OPEN} recorded_on=2020-01-01\nmerge",
            OPEN, "2027-01-02", id="from the latest day of recording it ever had",
        ),
        pytest.param(
            policy(
                "retention[0].types to [incident]",
                "retention[+] to {types: [change], " + ROW.format("short", "P1M", "closed") + "}",
            ) + f"bob edits {OPEN} type=change\nmerge\n{CLOSE}",
            OPEN, "2027-06-01", id="another type takes nothing away",
        ),
        pytest.param(
            policy("retention[+] to {types: [change], " + ROW.format("operation", "P3Y", "closed") + "}")
            + policy("retention[0].types to [incident]") + f"bob edits {OPEN} type=change\nmerge\n{CLOSE}",
            OPEN, "2029-06-01", id="two classes by the same name",
        ),
    ],
)  # fmt: skip
def test_kept_until(text: str, record: str, expected: str | None, tmp_path: Path) -> None:
    replay = replayed(text, tmp_path)
    until = kept_until(replay.lineages[record], replay.policy.settings, beginning_of(replay))
    assert until == (date.fromisoformat(expected) if expected else None)


HEADERS: list[tuple[dict[str, Any], str]] = [
    ({"recorded_on": "2025-03-01"}, "2025-03-01"),
    ({"recorded_on": "2025-03-01", "log": [{"at": "2025-04-01T10:00:00Z"}], "title": "Down"}, "2025-04-01"),
    ({"recorded_on": "2025-03-01", "due": "2026-03-01"}, "2025-03-01"),  # what is planned has not happened
    ({}, "2026-01-05"),
]


@pytest.mark.parametrize(("header", "expected"), HEADERS)
def test_what_was_taken_over_closed_counts_from_its_own_days(
    header: Mapping[str, Any], expected: str, tmp_path: Path
) -> None:
    replay = replayed("", tmp_path)

    def read(_: Version) -> Mapping[str, Any]:
        return header

    lineage = replay.lineages[CLOSED]
    assert closed_on(lineage, Beginning(replay.genesis.commit, read)) == date.fromisoformat(expected)
    assert closed_on(lineage) == date(2026, 1, 5), "without its header, from the day control began"


HOLD = "bob adds HLD-2026-0001 as legal-hold in sms/records/legal-holds/HLD-2026-0001-x.yml"


@pytest.mark.parametrize(
    ("text", "on", "held"),
    [
        (f'{HOLD} status=open types=["incident"]\nmerge', "2026-01-10", {OPEN, CLOSED}),
        (f'{HOLD} status=open types=["incident"]\nmerge', "2026-01-09", set()),
        (f'{HOLD} status=open records=["{CLOSED}"] types=["change"]\nmerge', "2026-01-10", {CLOSED}),
        (f'{HOLD} status=open types=["incident"]\nmerge\non 2026-02-01\nbob edits HLD-2026-0001 status=lifted\nmerge',
         "2026-01-31", {OPEN, CLOSED}),
        (f'{HOLD} status=open types=["incident"]\nmerge\non 2026-02-01\nbob edits HLD-2026-0001 status=lifted\nmerge',
         "2026-02-01", set()),
        (f"{HOLD} types=incident records=none\nmerge", "2026-01-10", set()),
    ],
)  # fmt: skip
def test_holds(text: str, on: str, held: set[str], tmp_path: Path) -> None:
    lineages = replayed(text, tmp_path).lineages
    holds = holds_on(lineages, date.fromisoformat(on))
    records = [lineages[id_].revisions[-1].version for id_ in (OPEN, CLOSED)]
    assert {record.id for record in records if held_by(record, holds)} == held


def test_a_disposal_keeps_what_it_needs(tmp_path: Path) -> None:
    text = f"on 2027-02-01\ncarol approves disposal of {CLOSED}\nbob disposes of {CLOSED} in DSP-2027-0001\nmerge"
    replay = replayed(text, tmp_path)
    current = [lineage.current for lineage in replay.lineages.values() if lineage.current]
    (stone,) = [stone for version in current for stone in tombstones(version)]
    digest = replay.lineages[CLOSED].revisions[0].version.digest
    assert stone == ("DSP-2027-0001", CLOSED, "incident", digest, date(2027, 2, 1))
