"""Types are data: a schema dropped into a repository is enough, and a wrong one is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.cli import sms
from support.memory import MemorySource, schemas, small_settings

from smsrepo.load.snapshot import load

TOOL: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Tool",
    "description": "A tool that technical staff use for a service.",
    "x-sms": {
        "code": "TOL",
        "kind": "register",
        "plural": "Tools",
        "prefix": "TOL",
        "folder": "sms/registers/tools",
    },
    "x-order": [["bought_on", "retired_on"]],
    "allOf": [{"$ref": "../common/control-header.schema.json"}],
    "properties": {
        "type": {"const": "tool"},
        "service": {
            "$ref": "../common/types.schema.json#/$defs/artefact-id",
            "x-ref": ["service"],
            "description": "The service it is used for.",
        },
        "bought_on": {
            "$ref": "../common/types.schema.json#/$defs/date",
            "description": "When it was bought.",
        },
        "retired_on": {
            "$ref": "../common/types.schema.json#/$defs/date",
            "description": "When its use ended.",
        },
    },
    "required": ["service"],
    "unevaluatedProperties": False,
}
PATH = "schemas/registers/tool.schema.json"


def test_a_new_type_needs_one_file(example: Path) -> None:
    (example / PATH).write_text(json.dumps(TOOL))
    assert "tool" in sms("new", "--list", cwd=example).out
    ran = sms(
        "new",
        "tool",
        "--set",
        "title=Label printer",
        "--set",
        "owner=technical-staff",
        "--set",
        "service=SVC-001",
        cwd=example,
    )
    assert ran.out.splitlines()[0] == "Made sms/registers/tools/TOL-001-label-printer.yml", ran.err
    assert sms("check", cwd=example).code == 0

    file = example / "sms/registers/tools/TOL-001-label-printer.yml"
    text = file.read_text()
    for bad, rule in [
        (text.replace("SVC-001", "SVC-404"), "broken-reference"),
        (text.replace("SVC-001", "CUS-001"), "mistyped-reference"),
        (text.replace("technical-staff", "nobody"), "unknown-role"),
        (text + 'retired_on: "2026-01-01"\n', "dates-out-of-order"),
    ]:
        file.write_text(bad)
        assert f"[{rule}" in sms("check", cwd=example).out


def flaws(schema: Any, path: str = PATH) -> list[str]:
    content = schema if isinstance(schema, str) else json.dumps(schema)
    repo = load(MemorySource({**schemas(), **small_settings(), path: content}))
    assert all(flaw.path == path for flaw in repo.flaws.get("broken-schema", ()))
    return [flaw.message for flaw in repo.flaws.get("broken-schema", ())]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({}, None),
        ({"x-order": [["bought_on", "sold_on"]]}, "names the field `sold_on`"),
        ({"x-sms": {**TOOL["x-sms"], "kind": "thing"}}, "not a usable schema: x-sms"),
        (
            {"x-sms": {**TOOL["x-sms"], "required": {"per": "servise", "by": "service"}}},
            "names the type `servise`",
        ),
        ({"x-every": {"interval": "x", "date": "used_on"}}, "names the field `used_on`"),
        ({"x-sms": {**TOOL["x-sms"], "also": [{"code": "AST"}]}}, None),
        ({"x-sms": {**TOOL["x-sms"], "also": [{"code": "asset"}]}}, "not a usable schema"),
        (
            {"x-sms": {**TOOL["x-sms"], "also": [{"code": "AST", "where": {"colour": {"filled": True}}}]}},
            "names the field `colour`",
        ),
        (
            {
                "x-sms": {
                    **TOOL["x-sms"],
                    "evidence": [{"requirements": [], "where": {"a": {"filled": True}}}],
                }
            },
            "names the field `a`",
        ),
        ({"x-closd": ["closed"]}, "`x-closd` is no annotation"),
        ({"type": "objekt"}, "not a usable schema"),
        ({"allOf": [{"$ref": "../common/nothing.schema.json"}]}, "leads nowhere"),
        (
            {"properties": {**TOOL["properties"], "y": {"type": "string", "x-reff": ["a"]}}},
            "`x-reff` is no annotation",
        ),
        ({"properties": {**TOOL["properties"], "x-y": {"type": "string"}}}, None),
        ({"properties": {**TOOL["properties"], "y": {"x-ref": 5}}}, "`x-ref` does not hold"),
        ({"properties": {**TOOL["properties"], "y": {"x-role": "yes"}}}, "`x-role` does not hold"),
        ({"properties": {**TOOL["properties"], "y": {"$ref": "#/title"}}}, "leads nowhere"),
        ({"properties": {**TOOL["properties"], "y": {"$ref": "#/allOf/0"}}}, None),
        ({"allOf": [{"$ref": "#"}]}, None),
        (
            {
                "$defs": {"n": {"properties": {k: {"$ref": "#/$defs/n"} for k in "abcdef"}}},
                "properties": {**TOOL["properties"], "y": {"$ref": "#/$defs/n"}},
            },
            None,
        ),
        ({"$id": "https://example.org/x"}, "`$id` is not allowed"),
        ({"x-sms": {}}, "not a usable schema"),
        (
            {"properties": {**TOOL["properties"], "y": {"type": "string", "x-ref": ["servis"]}}},
            "names the type `servis`",
        ),
    ],
)
def test_annotations_are_checked(change: dict[str, Any], part: str | None) -> None:
    found = flaws({**TOOL, **change})
    assert [part in message for message in found] == ([True] if part else []), found


@pytest.mark.parametrize(
    ("text", "part"), [("{", "not JSON"), ("[]", "JSON object"), ("[" * 100_000, "not JSON")]
)
def test_schemas_that_are_none(text: str, part: str) -> None:
    assert [part in message for message in flaws(text)] == [True]


def test_two_schemas_of_one_name() -> None:
    assert "has two schemas" in flaws(TOOL, "schemas/registers/service.schema.json")[0]


def test_a_broken_type_is_told_once(example: Path) -> None:
    schema = example / "schemas/records/incident.schema.json"
    schema.write_text(schema.read_text().replace('"prefix"', '"prefiks"'))
    report = json.loads(sms("check", "--format", "json", cwd=example).out)
    assert [(f["rule"], f["path"]) for f in report["findings"]] == [
        ("broken-schema", "schemas/records/incident.schema.json")
    ]


def test_a_broken_schema_of_settings_is_told_once(example: Path) -> None:
    (example / "schemas/common/people.schema.json").write_text("{")
    report = json.loads(sms("check", "--format", "json", cwd=example).out)
    assert [(f["rule"], f["path"]) for f in report["findings"]] == [
        ("broken-schema", "schemas/common/people.schema.json")
    ]
    assert "unknown-person" in report["waiting"]


def test_without_the_schema_of_annotations_no_type_is_read(example: Path) -> None:
    (example / "schemas/common/x-sms.schema.json").unlink()
    report = json.loads(sms("check", "--format", "json", cwd=example).out)
    assert [(f["rule"], f["path"]) for f in report["findings"]] == [
        ("broken-schema", "schemas/common/x-sms.schema.json")
    ]


def test_a_pattern_that_only_the_fast_validator_knows(example: Path) -> None:
    schema = {
        **TOOL,
        "properties": {**TOOL["properties"], "mark": {"type": "string", "pattern": r"^\p{Lu}+$"}},
    }
    (example / PATH).write_text(json.dumps(schema))
    made = sms(
        "new",
        "tool",
        "--set",
        "title=A tool",
        "--set",
        "owner=technical-staff",
        "--set",
        "service=SVC-001",
        cwd=example,
    )
    assert made.code == 0, made.err
    file = next((example / "sms/registers/tools").iterdir())
    file.write_text(file.read_text() + "mark: abc\n")
    report = json.loads(sms("check", "--format", "json", cwd=example).out)
    assert [(f["rule"], f["line"]) for f in report["findings"]] == [
        ("schema-violated", len(file.read_text().splitlines()))
    ]


def test_an_unreadable_schema_is_told_once(example: Path) -> None:
    (example / "schemas/records/incident.schema.json").write_bytes(b"\xff\xfe")
    report = json.loads(sms("check", "--format", "json", cwd=example).out)
    assert [(f["rule"], f["path"]) for f in report["findings"]] == [
        ("unreadable-file", "schemas/records/incident.schema.json")
    ]
