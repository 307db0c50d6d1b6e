"""Everything that pages point to is there."""

from pathlib import Path
from typing import Any

import pytest
from support.linkcheck import broken, links_of

PAGE = '<html><h1 id="top">A</h1>{}</html>'
# what stands in a/index.html, and what is wrong with it
CASES: dict[str, tuple[str, list[str]]] = {
    "all there": (
        '<a href="../b/#part"><img src="../p%20q.png"><a href="#top"><a href=".."><a href="/b/?q=1">',
        [],
    ),
    "elsewhere": ('<a href="https://example.org/x"><a href="mailto:a@b.c"><a href="//example.org/">', []),
    "page": ('<a href="../c/">', ["a/index.html: ../c/ is not there"]),
    "anchor": ('<a href="../b/#other">', ["a/index.html: ../b/#other has no such anchor"]),
    "anchor here": ("<a href=#gone>", ["a/index.html: #gone has no such anchor"]),
    "picture": ("<img alt='>' src='x.png'>", ["a/index.html: x.png is not there"]),
    "drawing": ('<svg><a href="../c/"><rect/></a></svg>', ["a/index.html: ../c/ is not there"]),
    "script": ('<script src="x.js">"<a href=nothing>"</script>', ["a/index.html: x.js is not there"]),
    "style": ('<link href="../x.css" rel="stylesheet">', ["a/index.html: ../x.css is not there"]),
    "commented out": ('<!-- <a href="c"> -->', []),
    "id twice": ('<p id="top">', ["a/index.html: id top stands 2 times"]),
    "folder without slash": ('<a href="../b">', []),
    "from the root": ('<a href="/c">', ["a/index.html: /c is not there"]),
}


@pytest.mark.parametrize(("markup", "wrong"), CASES.values(), ids=CASES)
def test_links_are_checked(markup: str, wrong: list[str], tmp_path: Path) -> None:
    for name, text in (("index.html", ""), ("a/index.html", markup), ("b/index.html", '<p id="part">')):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE.format(text))
    (tmp_path / "p q.png").touch()
    assert broken(tmp_path) == wrong


@pytest.mark.parametrize("which", ["built_root", "built_example"])
def test_no_link_is_broken_and_no_id_stands_twice(which: str, request: pytest.FixtureRequest) -> None:
    site: Any = request.getfixturevalue(which)
    assert links_of(site.folder) > 5000
    assert broken(site.folder) == []
