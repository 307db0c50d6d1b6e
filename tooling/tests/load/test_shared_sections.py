"""Sections that types share: taken by name, told when nobody describes them."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from support.memory import MemorySource, schemas, small_settings

from smsrepo.load.markdown import slugify
from smsrepo.load.shared_sections import PARTS
from smsrepo.load.snapshot import load
from smsrepo.model.artefact_type import SectionContract
from smsrepo.model.repo import Repo

PATH = "schemas/documents/guide.schema.json"
OWN = {"id": "aim", "title": "Aim", "help": "Say here what it is for."}


def guide(*sections: Mapping[str, Any]) -> str:
    sms = {"code": "GUI", "kind": "document", "plural": "Guides", "prefix": "GUI", "folder": "policies"}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Guide",
        "description": "A guide for these tests only.",
        "x-sms": {**sms, "sections": sections},
        "allOf": [{"$ref": "../common/control-header.schema.json"}],
        "properties": {"type": {"const": "guide"}},
        "unevaluatedProperties": False,
    }
    return json.dumps(schema)


def loaded(files: Mapping[str, bytes | str | None]) -> Repo:
    together = {**schemas(), **small_settings(), **files}
    return load(MemorySource({path: text for path, text in together.items() if text is not None}))


def shared() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schemas()[PARTS])
    return found


def part(id_: str) -> dict[str, Any]:
    return next(section for section in shared()["x-sections"] if section["id"] == id_)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"use": "steps"}, {}),
        ({"use": "steps", "requirements": ["4.1.1-a"], "min_words": 99}, {"requirements": ("4.1.1-a",), "min_words": 99}),
        ({"use": "steps", "help": "Say here what comes after what."}, {"help": "Say here what comes after what."}),
        ({"use": "steps", "title": "Steps of a release"}, {"title": "Steps of a release", "id": "steps-of-a-release"}),
    ],
)  # fmt: skip
def test_an_entry_says_only_what_differs(entry: dict[str, Any], expected: dict[str, Any]) -> None:
    repo = loaded({PATH: guide(OWN, entry)})
    assert not repo.flaws
    assert repo.types["guide"].sections[1] == SectionContract(**{**part("steps"), **expected})


BROKEN = {**shared(), "x-sections": [{"id": "steps", "title": "Steps"}]}
NOWHERE = {**json.loads(guide(OWN)), "x-sections": [part("steps")]}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({PATH: guide({"use": "stepps"})}, {PATH: "no shared section `stepps`"}),
        ({PATH: guide({"use": "steps", "id": "steps"})}, {PATH: "not a usable schema"}),
        ({PATH: guide({"title": "Steps"})}, {PATH: "not a usable schema"}),
        ({PATH: guide({"use": "steps"}), PARTS: None}, {PATH: "no shared section `steps`"}),
        ({PATH: guide({"use": "steps"}), PARTS: json.dumps(BROKEN)}, {PARTS: "not a usable schema"}),
        ({PATH: guide({"use": "steps"}), PARTS: "{"}, {PARTS: "not JSON"}),
        ({PATH: json.dumps(NOWHERE)}, {PATH: "not a usable schema"}),
    ],
)
def test_what_is_wrong_is_told_once(files: dict[str, str | None], told: dict[str, str]) -> None:
    repo = loaded(files)
    found = {flaw.path: flaw.message for flaw in repo.flaws["broken-schema"] if flaw.path in (PATH, PARTS)}
    assert found.keys() == told.keys()
    assert all(told[path] in message for path, message in found.items())
    assert ("guide", "") in repo.broken


def test_shared_sections_are_no_type() -> None:
    assert not [name for name in loaded({}).types if "section" in name]


def test_shared_sections_are_found_by_their_heading() -> None:
    sections = shared()["x-sections"]
    assert [section["id"] for section in sections] == [slugify(section["title"]) for section in sections]
    assert len({section["id"] for section in sections}) == len(sections)
