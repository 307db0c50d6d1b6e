"""Header and text of two revisions: what changed is told once, and nothing is passed over."""

import pytest

from smsrepo.control.document_diff import DocumentDiff, document_diff
from smsrepo.control.word_diff import Kind

HEADER = 'id: POL-001\nrevision: "1.0"\nstatus: issued\naudience: [staff, customers]\n'
TEXT = "# Policy\n\nWe serve.\n"
SLA = 'id: SLA-001\nrevision: "1.0"\ndescription: The desk answers.\ntargets:\n  - id: T1\n    value: 20\n'


def told(diff: DocumentDiff) -> list[str]:
    fields = [f"{field.name}: {field.before} > {field.after}" for field in diff.fields]
    changed = [s for p in diff.text for s in p.segments if s.kind is not Kind.SAME]
    return [
        *fields,
        *(["rewritten"] if diff.rewritten else []),
        *(f"{s.kind} {s.text.strip()}" for s in changed),
    ]


def markdown(header: str = HEADER, text: str = TEXT) -> bytes:
    return f"---\n{header}---\n{text}".encode()


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        pytest.param("a.md", markdown(), markdown(), [], id="the same"),
        pytest.param("a.md", markdown(), markdown(HEADER.replace("1.0", "1.1")), ["revision: 1.0 > 1.1"], id="a field"),
        pytest.param("a.md", markdown(), markdown(HEADER + "owner: x\n"), ["owner:  > x"], id="a field comes"),
        pytest.param("a.md", markdown(HEADER + "owner: x\n"), markdown(), ["owner: x > "], id="a field goes"),
        pytest.param("a.md", markdown(), markdown(HEADER.replace("customers", "all")), ["audience: staff, customers > staff, all"], id="a list"),
        pytest.param("a.md", markdown(), markdown(HEADER + "stage: true\n"), ["stage:  > true"], id="yes or no"),
        pytest.param("a.md", markdown(), markdown(HEADER + "owner:\n"), ["owner:  > "], id="an empty field"),
        pytest.param("a.md", markdown(), markdown(HEADER.replace("issued", "issued # really")), ["rewritten"], id="a comment"),
        pytest.param("a.md", markdown(), markdown(HEADER.replace('"1.0"', "'1.0'")), ["rewritten"], id="other quotes"),
        pytest.param("a.md", markdown(), markdown(text=TEXT.replace("serve", "serve well")), ["removed serve.", "added serve well."], id="text"),
        pytest.param("a.yml", SLA.encode(), SLA.replace("1.0", "1.1").encode(), ["revision: 1.0 > 1.1"], id="a field in YAML"),
        pytest.param("a.yml", SLA.encode(), SLA.replace("20", "30").encode(), ["removed 20", "added 30"], id="content in YAML"),
        pytest.param("a.yml", SLA.encode(), SLA.replace("id: SLA-001\n", "id: SLA-001\n# note\n").encode(), ["rewritten"], id="a comment in YAML"),
    ],
)  # fmt: skip
def test_what_is_told(path: str, before: bytes, after: bytes, expected: list[str]) -> None:
    diff = document_diff(path, before, after)
    assert told(diff) == expected
    assert bool(diff) == (before != after)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param("a.md", markdown(), b"no header", id="header lost"),
        pytest.param("a.md", b"", markdown(), id="new"),
        pytest.param("a.yml", SLA.encode(), b"a: &x 1\nb: *x\n", id="what we refuse"),
        pytest.param("a.yml", SLA.encode(), b"\xff\xfe", id="no text"),
        pytest.param(
            "a.yml",
            SLA.encode(),
            (SLA + 'note: "two\nstatus: obsolete"\n').encode(),
            id="a value that looks like a field",
        ),
        pytest.param("a.json", b'{"id": "a"}', b'{"id": "b"}\n', id="JSON of one line"),
        pytest.param("a.yml", b"- a\n", b"- b\n", id="a list"),
    ],
)
def test_what_is_no_document_is_compared_whole(path: str, before: bytes, after: bytes) -> None:
    diff = document_diff(path, before, after)
    assert (diff.fields, diff.rewritten) == ((), False)
    sides = [
        [s.text for p in diff.text for s in p.segments if s.kind is not kind]
        for kind in (Kind.ADDED, Kind.REMOVED)
    ]
    assert ["".join(side) for side in sides] == [
        content.decode("utf-8", "replace") for content in (before, after)
    ]
