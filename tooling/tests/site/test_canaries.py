"""Whatever text a repository holds, value or name, in a file or as its name: no page carries it as markup."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
import yaml
from markdown import Markdown
from support.memory import ROOT

from smsrepo.load.yaml_dialect import parse
from smsrepo.site.navigation import menu
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication

EXAMPLE = ROOT / "tooling/tests/site/example"
CANARY = ' <b id=canary>x</b></dd></dl></div> ## x [x](https://evil.example/) " onclick="x \' {: onclick=x } {{ x }} |'
IN_A_PATH = CANARY.replace("/", "")
RAW = re.compile(r"<b id|</dd></dl></div> ##|\{\{ x|\{: on")
LIVE = re.compile(r"""<b\b|<[^>"]*(?:"[^"]*"[^>"]*)*\sonclick=""")
LINK = 'href="https://evil.example'
NAMES = frozenset(
    {"id", "type", "title", "name", "revision", "status", "owner", "author", "measure", "recorded_on"}
)
"""Fields at the top of artefacts that are no Markdown; in others, authors may set links."""
ODD = {
    f"odd{CANARY}": {f"a{CANARY}": 1, "b": 2},
    "entries": [{f"a{CANARY}": {f"b{CANARY}": "x"}}],
    "long": {f"a{CANARY}": ["x" * 200], "b": {f"c{CANARY}": "x" * 200}, "text": "x"},
    "one": {"none": {f"a{CANARY}": 1}},
}
"""Names that no schema knows, in every shape that a page has for them."""

Pattern = tuple[str, ...]


def read(path: str, text: str) -> tuple[Any, str]:
    """The data of a file, and the text behind it."""
    if path.endswith(".md"):
        header, _, body = text.removeprefix("---\n").partition("\n---\n")
        return parse(header), body
    return (json.loads if path.endswith(".json") else parse)(text), ""


DATA = {
    path: read(path, (EXAMPLE / path).read_text(encoding="utf-8"))
    for path in (p.relative_to(EXAMPLE).as_posix() for p in sorted(EXAMPLE.rglob("*")))
    if path.endswith((".yml", ".md", ".schema.json")) and not path.startswith("tooling/")
}
SETTINGS = [path for path in DATA if re.match(r"sms/([\w-]+\.yml|requirements/)", path)]
SCHEMAS = [path for path in DATA if path.endswith(".json")]
ARTEFACTS = [path for path in DATA if path not in (*SETTINGS, *SCHEMAS)]


def written(path: str, data: Any) -> str:
    """The file with other data."""
    if path.endswith(".json"):
        return json.dumps(data)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n{DATA[path][1]}" if path.endswith(".md") else text


def patterns(data: Any, at: Pattern = ()) -> Iterator[Pattern]:
    """The way to each text and each name."""
    pairs = data.items() if isinstance(data, dict) else (("[]", one) for one in data)
    for name, value in pairs:
        yield (*at, name)
        if isinstance(value, dict | list):
            yield from patterns(value, (*at, name))


def with_canary(data: Any, pattern: Pattern, *, named: bool, at: Pattern = ()) -> Any:
    """The data with the canary in the texts to which the way leads; `named` puts it into their name instead."""
    if isinstance(data, dict):
        return {
            f"{name}{CANARY}" if named and (*at, name) == pattern else name: with_canary(
                value, pattern, named=named, at=(*at, name)
            )
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [with_canary(value, pattern, named=named, at=(*at, "[]")) for value in data]
    return f"{data}{CANARY}" if isinstance(data, str) and at == pattern and not named else data


def changes(paths: Iterable[str]) -> Iterator[tuple[Pattern, bool, dict[str, str]]]:
    """The files with the canary, at one place of all of them at once."""
    found = list(paths)
    for pattern in dict.fromkeys(p for path in found for p in patterns(DATA[path][0])):
        for named in (False, True):
            changed = {path: with_canary(DATA[path][0], pattern, named=named) for path in found}
            files = {path: written(path, data) for path, data in changed.items() if data != DATA[path][0]}
            if files:
                yield pattern, named, files


class Watch:
    """Looks at pages, at each text once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self.marks = 0

    def look(self, publication: Publication, *, links: bool = False) -> list[tuple[str, str]]:
        """What became markup, by page; authors may have put `links` there."""
        found = [("menu", entry) for entry in [str(menu(publication))] if "<b" in entry]
        for path, page in pages_of(publication).items():
            if page.text not in self._seen:
                self._seen.add(page.text)
                found += [(path, said) for said in self._markup(page, links=links)]
        return found

    def _markup(self, page: Page, *, links: bool) -> Iterator[str]:
        if "canary" not in page.text:
            return
        self.marks += 1
        html = Markdown(extensions=["attr_list", "md_in_html", "tables", "admonition"]).convert(page.markdown)
        for mark in (RAW.search(page.text), LIVE.search(html), not links and re.search(LINK, html)):
            if mark:
                yield mark.string[max(0, mark.start() - 80) : mark.end() + 80]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.mark.parametrize("paths", [ARTEFACTS, SETTINGS], ids=["documents and records", "settings"])
def test_texts_and_names_of_fields(paths: list[str], make: Any, watch: Watch) -> None:
    for pattern, named, files in changes(paths):
        links = paths is ARTEFACTS and not named and not (len(pattern) == 1 and pattern[0] in NAMES)
        assert not watch.look(make(files), links=links), (pattern, named)
    assert watch.marks > 50  # else the canary was not where pages show it


@pytest.mark.parametrize("word", ["title", "description", "plural"])
def test_words_of_schemas(word: str, make: Any, watch: Watch) -> None:
    ways = dict.fromkeys(p for path in SCHEMAS for p in patterns(DATA[path][0]) if p[-1] == word)
    for way in ways:
        files = {path: written(path, with_canary(DATA[path][0], way, named=False)) for path in SCHEMAS}
        assert not watch.look(make(files)), way
    assert watch.marks


@pytest.mark.parametrize("path", ARTEFACTS)
def test_names_of_fields_that_no_schema_knows(path: str, make: Any, watch: Watch) -> None:
    assert not watch.look(make({path: written(path, {**DATA[path][0], **ODD})}))
    assert watch.marks


@pytest.mark.parametrize("path", ARTEFACTS)
@pytest.mark.parametrize("identified", [True, False])
def test_names_of_files_and_folders(path: str, identified: bool, make: Any, watch: Watch) -> None:
    folder, _, name = path.rpartition("/")
    stem, _, end = name.rpartition(".")
    data: Mapping[str, Any] = DATA[path][0]
    text = written(path, {**data, "id": data["id"].replace("001", "777") if identified else "none"})
    publication = make({f"{folder}/{IN_A_PATH}/{stem}{IN_A_PATH}.{end}": text})
    assert not watch.look(publication)
    assert all(re.fullmatch(r"[\w/.-]+", page) for page in pages_of(publication))
