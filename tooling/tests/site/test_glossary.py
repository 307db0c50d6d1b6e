"""Words that documents explain where they first use them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown

from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication
from smsrepo.site.text.glossary_terms import Glossary
from smsrepo.site.text.sanitise import sanitise

EXAMPLE = Path(__file__).parent / "example"
POLICY = "policies/POL-001-mail-policy.md"
HEADER = (EXAMPLE / POLICY).read_text(encoding="utf-8").partition("# Mail policy")[0]


def schema(type_: str, code: str, kind: str, folder: str) -> str:
    """A type that takes any field."""
    own = {"code": code, "kind": kind, "plural": f"{type_}s", "prefix": code, "folder": folder}
    return json.dumps(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": type_.capitalize(),
            "description": "A type that only this test knows.",
            "x-sms": own,
            "allOf": [{"$ref": "../common/control-header.schema.json"}],
            "properties": {"type": {"const": type_}, "terms": {"type": "array", "description": "Words."}},
        }
    )


def control(id_: str, type_: str, title: str) -> str:
    return (
        f'id: {id_}\ntype: {type_}\ntitle: {title}\nrevision: "1.0"\nstatus: issued\nowner: service-owner\n'
        'effective_from: "2026-01-01"\nsummary_of_change: First issue.\n'
    )


TERMS = """\
terms:
- {term: Incident, definition: 'A "break" of <service> | or worse.', source: the standard}
- {term: Major incident, definition: Old meaning.}
- {term: Priority, definition: What comes first.}
- {term: Back-out, definition: Taking back.}
"""
WORDS = {
    "schemas/documents/glossary.schema.json": schema("glossary", "GLO", "document", "catalog"),
    "schemas/registers/definition.schema.json": schema(
        "definition", "DEF", "register", "sms/registers/definitions"
    ),
    "catalog/GLO-001-words.md": f"---\n{control('GLO-001', 'glossary', 'Words')}{TERMS}---\n# Words\n\nAn incident.\n",
    "sms/registers/definitions/DEF-001-major.yml": f"{control('DEF-001', 'definition', 'Major incident')}definition: It is agreed.\n",
}


@pytest.fixture(scope="module")
def read(make: Any) -> Any:
    """The page of a policy with this text, behind its control block."""

    def page(text: str, more: dict[str, str] = WORDS) -> str:
        files = {**more, POLICY: f"{HEADER}# Mail policy\n\n## Purpose\n\n{text}\n"}
        return pages_of(make(files))["policies/POL-001.md"].markdown.partition("## Purpose\n")[2]

    return page


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("One incident and one more incident.", ["incident"]),
        ("Incidents happen.", ["Incidents"]),
        ("Priorities, and each PRIORITY.", ["Priorities"]),
        ("A major incident is an incident.", ["major incident", "incident"]),
        ("A **major incident**, *incidents*.", ["major incident", "incidents"]),
        ("- A back-out.\n- More\n\n| incident |\n|---|\n| priority |", ["back-out", "incident", "priority"]),
        ("The service owner decides.", ["service owner"]),
        ("Incidental, coincident, incident-free, pre-incident, a/incident, x.incident.", []),
        ("`incident` and\n\n    incident\n\n```\nincident\n```", []),
        ("[An incident](https://example.org/incident) at https://example.org/incident.", []),
        ("### An incident\n\nNothing.", []),
        ("incident{.loud} [incident]{.loud}", ["incident"]),
    ],
)
def test_words_are_explained_once(text: str, explained: list[str], read: Any) -> None:
    assert re.findall(r'\[([^\]]+)\]\([^)" ]+ "[^"]+"\)\{ \.sms-term \}', read(text)) == explained


@pytest.mark.parametrize(
    ("word", "place", "meaning"),
    [
        ("incident", "../glossary.md#term-incident", 'A "break" of <service> | or worse.'),
        ("major incident", "../glossary.md#term-major-incident", "It is agreed."),
        ("top management", "../roles.md#top-management", "Directs the organisation."),
    ],
)
def test_a_word_is_a_link_with_its_meaning(word: str, place: str, meaning: str, read: Any) -> None:
    """What a browser gets: reached with the keyboard, and shown by Material as a tooltip."""
    engine = Markdown(extensions=["attr_list", "md_in_html", "tables"])
    html = sanitise(engine.convert(read(f"Before {word} after.").partition("\n## ")[0]))
    found = re.search(r'<a ([^>]*(?:"[^"]*"[^>]*)*)>' + word + "</a>", html)
    assert found
    attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', found[1]))
    shown = attributes["title"].replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">")
    assert (attributes["href"], attributes["class"], shown) == (place, "sms-term", meaning)


def test_what_a_title_holds_never_runs(make: Any) -> None:
    evil = TERMS.replace(
        "What comes first.", '\'x" onmouseover="alert(1)" ) {: onclick=alert(1) } <script>\''
    )
    files = {
        **WORDS,
        "catalog/GLO-001-words.md": f"---\n{control('GLO-001', 'glossary', 'Words')}{evil}---\n# Words\n",
        POLICY: f"{HEADER}# Mail policy\n\n## Purpose\n\nA priority.\n",
    }
    text = pages_of(make(files))["policies/POL-001.md"].markdown
    engine = Markdown(extensions=["attr_list", "md_in_html", "tables"])
    html = engine.convert(text)
    assert "onmouseover=&quot;alert" in html
    assert not re.search(r'<[^>"]*(?:"[^"]*"[^>"]*)*\bon\w+=', html)
    assert "<script" not in html


def test_without_words_nothing_but_roles_is_explained(read: Any, pages: dict[str, Page]) -> None:
    assert "sms-term" not in read("An incident.", {})
    assert "glossary.md" not in pages


@pytest.fixture(scope="module")
def glossary(make: Any) -> str:
    publication: Publication = make(
        {**WORDS, POLICY: f"{HEADER}# Mail policy\n\n## Purpose\n\nAn incident.\n"}
    )
    return pages_of(publication)["glossary.md"].markdown


def test_each_word_has_an_anchor_and_its_users(glossary: str) -> None:
    assert re.findall(r"^### (.*)$", glossary, re.MULTILINE) == [
        "Back-out {#term-back-out}",
        "Incident {#term-incident}",
        "Major incident {#term-major-incident}",
        "Priority {#term-priority}",
    ]
    incident = glossary.partition("{#term-incident}")[2].partition("##")[0]
    assert "From the standard" in incident
    assert "Used in [POL-001](policies/POL-001.md)" in incident
    assert "GLO-001" not in incident  # a glossary does not use its own words


def test_a_word_with_two_meanings_shows_both(glossary: str) -> None:
    both = glossary.partition("{#term-major-incident}")[2].partition("##")[0]
    assert both.index("Old meaning.") < both.index("It is agreed.")
    assert "Definition: [DEF-001 Major incident](sms/registers/definitions/DEF-001.md)" in both


def test_words_that_differ_in_signs_only_have_anchors_of_their_own(make: Any) -> None:
    terms = "terms:\n" + "".join(
        f"- {{term: {word}, definition: A language.}}\n" for word in ("'C'", "'C++'", "'C#'", "'+1'", "'#1'")
    )
    text = f"---\n{control('GLO-001', 'glossary', 'Words')}{terms}---\n# Words\n"
    policy = f"{HEADER}# Mail policy\n\n## Purpose\n\nWritten in C, C# and C++.\n"
    pages = pages_of(make({**WORDS, "catalog/GLO-001-words.md": text, POLICY: policy}))
    found = re.findall(r"^###? (.*) \{#(.*)\}$", pages["glossary.md"].markdown, re.MULTILINE)
    assert len({anchor for _, anchor in found}) == len(found) == 10  # six words under four letters
    own = dict(found)
    linked = re.findall(r"\[(C\S*)\]\(\.\./glossary\.md#(\S+) ", pages["policies/POL-001.md"].markdown)
    assert linked == [(word, own[word]) for word in ("C", "C#", "C++")]


def test_what_is_drafted_explains_nothing(read: Any) -> None:
    draft = {path: text.replace("status: issued", "status: draft") for path, text in WORDS.items()}
    assert "sms-term" not in read("An incident.", draft)


def test_odd_capitals_do_not_stop_the_page(make: Any) -> None:
    """Without regard to case, a pattern takes the long s for an s, which no word is written with."""
    publication: Publication = make(WORDS)
    assert isinstance(publication.glossary, Glossary)
    assert list(publication.glossary.uses("incident\u017f")) == []
