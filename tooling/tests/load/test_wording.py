"""Schema errors in words: one message per mistake, in the terms of the file's writer."""

import json
from typing import Any

import pytest
from support.memory import MemorySource, schemas, small_settings

from smsrepo.load.snapshot import load

THING = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Thing",
    "description": "A type for these tests only.",
    "x-sms": {
        "code": "THG",
        "kind": "record",
        "plural": "Things",
        "prefix": "THG",
        "folder": "sms/records/things",
    },
    "allOf": [
        {"$ref": "../common/record-header.schema.json"},
        {"if": {"properties": {"status": {"const": "closed"}}}, "then": {"required": ["every"]}},
    ],
    "properties": {
        "type": {"const": "thing"},
        "status": {"enum": ["open", "closed"]},
        "every": {"$ref": "../common/types.schema.json#/$defs/duration", "description": "How often."},
        "share": {"type": "number", "minimum": 0, "maximum": 100},
        "count": {"type": "integer"},
        "version": {"type": "string"},
        "flag": {"type": "boolean"},
        "when": {"$ref": "../common/types.schema.json#/$defs/date-time"},
        "things": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": ["a", "b"]}},
        "either": {
            "oneOf": [
                {"type": "array", "items": {"type": "string"}},
                {"$ref": "../common/types.schema.json#/$defs/none"},
            ]
        },
        "told": {
            "oneOf": [
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["text"],
                    "properties": {
                        "text": {"type": "string", "description": "What was told."},
                        "by": {"type": "string"},
                    },
                },
                {"$ref": "../common/types.schema.json#/$defs/none"},
            ]
        },
        "part": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "description": "Its name."},
                "size": {"type": "number"},
            },
        },
    },
    "required": ["status"],
    "unevaluatedProperties": False,
}
HEADER = """id: THG-2026-0001
type: thing
title: A thing
status: open
recorded_on: "2026-11-02"
recorded_by: anna-nowak
"""

CASES: list[tuple[str, list[tuple[int, int, str, str]]]] = [
    ("", []),
    (
        "every: yearly",
        [
            (
                7,
                8,
                "`every` must be a duration such as P12M (twelve months), P30D or PT4H, found `yearly`",
                "How often.",
            )
        ],
    ),
    ("version: 1.10", [(7, 10, "`version` must be text, found `1.10`", 'Put it in quotes: "1.10".')]),
    ("share: 120", [(7, 8, "`share` must be at most 100, found `120`", "")]),
    ("share: much", [(7, 8, "`share` must be a number, found `much`", "")]),
    ("count: 1.5", [(7, 8, "`count` must be a whole number, found `1.5`", "")]),
    ("flag: yes", [(7, 7, "`flag` must be true or false, found `yes`", "")]),
    (
        "when: 2026-11-02",
        [
            (
                7,
                7,
                "`when` must be a date and time with time zone such as 2026-03-31T09:30:00Z, found `2026-11-02`",
                "",
            )
        ],
    ),
    ("version:", [(7, 9, "`version` must be text, found nothing", "")]),
    ("versoin: x", [(7, 1, "`versoin` is not a field of this file", "Did you mean `version`?")]),
    ("things: []", [(7, 9, "`things` needs at least 1 entry", "")]),
    ("things: [a, a]", [(7, 9, "`things` names something twice", "Keep each entry once.")]),
    ("things: [a, c]", [(7, 13, "`things[2]` must be `a` or `b`, found `c`", "")]),
    ("things: a", [(7, 9, "`things` must be a list of `a` or `b`, found `a`", "")]),
    (
        "either: x",
        [(7, 9, "`either` must be a list or none: with the reason why there is nothing, found `x`", "")],
    ),
    ("either: [1]", [(7, 10, "`either[1]` must be text, found `1`", 'Put it in quotes: "1".')]),
    ("either: {nonne: x y z}", [(7, 10, "`nonne` is not a field of this entry", "Did you mean `none`?")]),
    ("told: {by: x}", [(7, 7, "`text` is missing", "What was told.")]),
    ("part: {nmae: x}", [(7, 8, "`nmae` is not a field of this entry", "Did you mean `name`?")]),
    ("part: {size: 1}", [(7, 7, "`name` is missing", "Its name.")]),
    (
        "told: x",
        [
            (
                7,
                7,
                "`told` must be a map with `text` (if wanted also `by`) or none: with the reason why there is nothing, found `x`",
                "",
            )
        ],
    ),
    (
        "links: CHG",
        [
            (
                7,
                8,
                "`links` must be a list of which each entry is an id such as POL-001, or CHG-2026-0001 for a record, found `CHG`",
                "Other artefacts that belong to the same matter. Only one side names the link; the other side is computed.",
            )
        ],
    ),
    ("part: x", [(7, 7, "`part` must be a map with `name` (if wanted also `size`), found `x`", "")]),
]


def flaws(body: str) -> list[tuple[int, int, str, str]]:
    from smsrepo.check.engine import run
    from smsrepo.rules.files import schema_violated

    path = "sms/records/things/THG-2026-0001-a-thing.yml"
    files: dict[str, Any] = {
        **schemas(),
        **small_settings(),
        path: body,
        "schemas/records/thing.schema.json": json.dumps(THING),
    }
    repo = load(MemorySource(files))
    assert set(repo.flaws) <= {"schema-violated"}
    from datetime import date

    report = run(repo, [schema_violated.check], date(2026, 11, 20))
    return [(f.line, f.column, f.message, f.hint) for f in report.findings]


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_one_mistake_one_message(line: str, expected: list[tuple[int, int, str, str]]) -> None:
    assert flaws(HEADER + line) == expected


def test_missing_field_says_what_it_is_for() -> None:
    assert flaws(HEADER.replace("title: A thing\n", "")) == [
        (1, 1, "`title` is missing", "What happened, in one line.")
    ]


def test_field_missing_on_a_condition_says_what_it_is_for() -> None:
    assert flaws(HEADER.replace("status: open", "status: closed")) == [
        (1, 1, "`every` is missing", "How often.")
    ]


def test_misspelt_required_field_is_not_also_missing() -> None:
    assert flaws(HEADER.replace("title:", "titel:")) == [
        (3, 1, "`titel` is not a field of this file", "Did you mean `title`?")
    ]


def test_impossible_date() -> None:
    found = flaws(HEADER.replace("2026-11-02", "2026-02-30"))
    assert found == [
        (
            5,
            14,
            "`recorded_on` must be a date such as 2026-03-31, found `2026-02-30`",
            "The day the record was made.",
        )
    ]
