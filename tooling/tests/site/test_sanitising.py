"""Nothing an author types runs in a reader's browser or loads from elsewhere, whatever engine builds the site."""

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser

import markdown
import pyromark
import pytest

from smsrepo.site.pages import pages_of
from smsrepo.site.place import Place
from smsrepo.site.text.prose import publish
from smsrepo.site.text.sanitise import sanitise
from smsrepo.site.text.values import cell

EVIL = r"""---
id: POL-009
type: policy
title: Evil <img src=x onerror=alert(1)> {{ config }} policy
revision: "1.0"
status: issued
owner: top-management
author: ben-okoro
summary_of_change: '    <img src=x onerror=alert(1)> <script>alert(1)</script> \<script>alert(1)\</script> a | b {{ x }}'
---
# Evil <img src=x onerror=alert(1)> {{ config }} policy

## Purpose <script>alert(2)</script> {onclick="alert(3)"}

Here is <script>alert(4)</script> and <b onclick="x">bold</b>, [click](javascript:alert(5)),
[upper](JaVaScRiPt:alert(6)), [data](data:text/html;base64,x), <javascript:alert(7)>, ![beacon](https://evil.example/x.png),
{{ 7*7 }} and {% raw %}.
A paragraph with a list of attributes.
{: onmouseover="alert(8)" }

Escaped: \<img src=x onerror=alert(17)>, \\<img src=x onerror=alert(18)>, \\\<img src=x onerror=alert(19)>,
\<script>alert(20)\</script>, \{{ 7*7 }}, \\{{ 7*7 }} and \{% raw %}.
\{: onmouseover="alert(21)" }

\<script>
alert(22)
\</script>

-     <img src=x onerror=alert(23)>

1.     <script>alert(24)</script>

<div onclick="alert(9)">
<iframe src="https://evil.example/"></iframe>
</div>

[ref]: javascript:alert(10)

A [reference][ref] and <!-- a comment with <script>alert(11)</script> -->.

``` {.mermaid onclick="alert(12)"}
<script>alert(13)</script>
```

- <svg onload="alert(14)"><a xlink:href="javascript:alert(15)">x</a></svg>

```
never closed <script>alert(16)</script>
"""


FENCE = re.compile(r"^```.*?(?:^```$|\\Z)", re.MULTILINE | re.DOTALL)
ENGINES: dict[str, Callable[[str], str]] = {
    "Python-Markdown": markdown.markdown,
    "Python-Markdown with extensions": lambda text: markdown.markdown(
        text, extensions=["extra", "admonition", "sane_lists"]
    ),
    "CommonMark": lambda text: pyromark.html(text, options=pyromark.Options.ENABLE_TABLES),
}


class Live(HTMLParser):
    """What a browser would make of a page: the tags nobody but an author can have put there, and what runs."""

    OURS = frozenset(
        re.findall(
            r"\w+",
            "a blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr ins li ol p path pre rect span strong sup "
            "svg table tbody td text th thead title tr ul details summary",
        )
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        runs = any(
            name.startswith("on") or (value or "").lstrip().lower().startswith(("javascript:", "data:"))
            for name, value in attrs
        )
        if tag not in self.OURS or runs:
            self.found.append(self.get_starttag_text() or tag)


def live(html: str) -> list[str]:
    parser = Live()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.fixture(scope="module")
def evil(make):
    return make({"policies/POL-009-evil.md": EVIL})


def test_markdown_holds_no_raw_html_outside_code(evil) -> None:
    markdown = pages_of(evil)["policies/POL-009.md"].markdown
    outside = re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)
    ours = {
        "div",
        "/div",
        "dl",
        "/dl",
        "dt",
        "/dt",
        "dd",
        "/dd",
        "span",
        "/span",
        "p",
        "/p",
        "br",
        "code",
        "/code",
        "!",
    }
    assert {tag.lower() for tag in re.findall(r"<(/?[a-zA-Z!]+)", outside)} <= ours
    assert not re.search(r"\]\((?!https://evil|\.\./|#)", outside)
    assert "![" not in outside
    assert "{{" not in outside
    assert "{%" not in outside
    assert "{:" not in outside


def test_looking_for_live_markup_finds_it() -> None:
    assert live("<p>x<img src=x><b onclick='x'>y</b><a href=' JavaScript:x'>z</a>&lt;img></p>") == [
        "<img src=x>", "<b onclick='x'>", "<a href=' JavaScript:x'>"
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_past_revisions_are_harmless_in_any_engine(engine: str, story_pages) -> None:
    past = [page for path, page in story_pages.items() if re.search(r"\d\.\d\.md$", path)]
    assert any("alert(1)" in page.markdown for page in past)
    for page in past:
        assert live(ENGINES[engine](page.markdown)) == [], page.path


@pytest.mark.parametrize("engine", ENGINES)
def test_pages_of_a_folder_are_harmless_in_any_engine(engine: str, evil, make) -> None:
    # Python-Markdown alone does not know fences, and takes what stands in them for text.
    known = evil if engine != "Python-Markdown" else make({"policies/POL-009-evil.md": FENCE.sub("", EVIL)})
    for path, page in pages_of(known).items():
        if not path.startswith("rules/"):  # code shown by rules comes with the rules, not from authors
            assert live(ENGINES[engine](page.markdown)) == [], path


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        "<script></script>\n    <img src=x onerror=a>",
        "> <script></script>\n    <javascript:x>",
        "````  ` <img src=x onerror=a> `` <img src=x onerror=a> ``",
        "    <img src=x onerror=a>",
        "\t<script>a</script>",
        "<!-- c -->\n\n    <img src=x onerror=a>",
        "-     <img src=x onerror=a>",
        "1. a\n\n       <img src=x onerror=a>",
        "- \n\n    <img src=x onerror=a>",
        "1. \n\n\n    [x]: <script>a</script>",
    ],
)
def test_engines_may_disagree_on_what_is_code(engine: str, text: str, publication) -> None:
    written = publish(publication, text, "policies/POL-007-x.md", "policies/POL-007.md")
    assert live(ENGINES[engine](written)) == [], written


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text", ["    <img src=x onerror=a>", "a\n\n    <img src=x>", "a\n~~~\n<img src=x>\n~~~"]
)
def test_text_in_a_cell_is_harmless(engine: str, text: str, publication) -> None:
    written = cell(Place(publication, "policies/POL-007.md", publication.repo.by_id["POL-001"]), text)
    assert live(ENGINES[engine](written)) == [], written


def test_every_page_that_shows_the_document_is_clean(evil) -> None:
    for page in pages_of(evil).values():
        header, _, body = page.text.removeprefix("---\n").partition("\n---\n")
        assert "<img" not in header
        assert "<img" not in body, page.path
        assert "{{" not in page.text, page.path


def test_fences_keep_a_language_only_and_are_closed(evil) -> None:
    markdown = pages_of(evil)["policies/POL-009.md"].markdown
    assert re.findall(r"^```.*$", markdown, re.MULTILINE) == ["```"] * 4


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="https://evil.example/x.png">',
        "<IMG alt='>' SRC=//evil.example/x.png>",
        '<img src="/&#9;/evil.example/x.png" alt=\' src="a.png"\'>',
        '<img src="\\\\evil.example/x.png" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<iframe src="https://evil.example/"></iframe>',
        '<svg><script>alert(1)</script><a href="javascript:alert(1)"></a></svg>',
        '<p onclick="alert(1)" style="background:url(https://evil.example/x)">x</p>',
        '<link rel="stylesheet" href="https://evil.example/x.css"><style>p{}</style>',
        '<form action="https://evil.example/"><input name="q"><button>x</button></form>',
    ],
)
def test_sanitising_takes_away_what_runs_or_loads(html: str) -> None:
    assert not re.search(r"script|onerror|onclick|iframe|style|link|form|input|evil|img", sanitise(html))


def test_sanitising_keeps_our_own_markup() -> None:
    kept = '<div class="sms-tiles"><span class="sms-badge">x</span></div><dl class="sms-facts"><dt>a</dt><dd>b</dd></dl>'
    assert sanitise(kept) == kept
    drawing = (
        '<svg class="sms-bar" viewBox="0 0 1 1" role="img" aria-label="x"><rect x="0" y="0"></rect></svg>'
    )
    assert sanitise(drawing) == drawing
    assert sanitise('<table><tr><th style="text-align: right;">x</th></tr></table>').count('scope="col"') == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n  - b\n    - c", "- a\n    - b\n        - c"),
        ("1. a\n   - b\n\n   more\n2. c", "1. a\n    - b\n\n    more\n2. c"),
        ("before\n- a\n- b", "before\n\n- a\n- b"),
        ("10. a\n    b", "10. a\n    b"),
        ("# One\n\n## Two", "### One\n\n#### Two"),
        ("Title\n=====", "### Title"),
        ("a < b & c", "a &lt; b & c"),
        (r"\<b> \\<b> \\\<b>", r"&lt;b> \\&lt;b> \\&lt;b>"),
        (r"\{{ x }} \\{% y %}", r"&#123;&#123; x }} \\&#123;% y %}"),
        ("`a <b> {{ c }}`", "<code>a &lt;b&gt; &#123;&#123; c &#125;&#125;</code>"),
        ("`a`` b`", "`a`` b`"),
        ("~~~\n~~~<b>", "~~~\n~~~<b>\n~~~"),
        ("x\n  ```\n  a <b>\n    c\n  ```", "x\n```\na <b>\n  c\n```"),
        ("x <!-- a --> y <!-- decide: b", "x  y &lt;!-- decide: b"),
        ("<!-- decide: a --> b <!-- c", '!!! question "To be decided"\n\n    a\n\n b &lt;!-- c'),
        ("é SLA-001 é SLA-001", "é [SLA-001](../slas/SLA-001.md) é [SLA-001](../slas/SLA-001.md)"),
        ("see SLA-001, POL-999 and `SLA-001`", "see [SLA-001](../slas/SLA-001.md), POL-999 and `SLA-001`"),
        ("[a *b* `c`](../slas/SLA-001-mail-agreement.yml#x)", "[a b <code>c</code>](../slas/SLA-001.md#x)"),
        ("[a](../sms/control.yml) [b](../nothing.txt)", "[a](../control.md) b"),
        ("[folder](../slas)", "[folder](../slas/index.md)"),
        ("![chart](chart.png)", "chart (image chart.png)"),
        ("x <!-- decide: a|b? --> y", "x **To be decided:** a&#124;b? y"),
        ("> ```\n> x", "> ```\n> x\n> ```"),
        ("- a\n\n      code", "- a\n\n        code"),
        ("    indented <b>", "indented &lt;b>"),
        ("# a\n\n    code <b>", "### a\n\n    code <b>"),
        ("  - a\n  - b", "- a\n- b"),
        ("- a\n\n      sms new <type>", "- a\n\n    <code>sms new &lt;type&gt;</code>"),
        ("-     code <b>\n      more", "- <code>code &lt;b&gt;</code><br><code>more</code>"),
        ("<script></script>\n    code <b>", "&lt;script>&lt;/script>\n\n    code <b>"),
        ("> <script></script>\n    code <b>", "> &lt;script>&lt;/script>\n\n    code <b>"),
        ("- <!-- decide: really? -->", '- \n    !!! question "To be decided"\n\n        really?'),
        ("# a [b](../sms/roles.yml) c", "### a [b](../roles.md) c"),
        ("[a ![b](c.png)](../sms/roles.yml)", "[a b (image c.png)](../roles.md)"),
    ],
)
def test_text_of_authors(publication, text: str, expected: str) -> None:
    assert publish(publication, text, "policies/POL-007-x.md", "policies/POL-007.md", top=3) == expected


@pytest.mark.parametrize(
    "piece", ["<!-- decide: ", "x <!-- decide: ", "\n\n<!-- decide: ", "<!-- decide: a --> ", "<!-- decide: a\n" + " " * 99]
)  # fmt: skip
def test_a_mebibyte_of_comments_takes_well_under_a_second(piece: str, publication) -> None:
    assert seconds_for(piece, 1 << 20, publication) < 0.8


@pytest.mark.parametrize(
    "piece", ["x <!-- a -->", "x <b>", "SLA-001 ", "\\", "\\<", "{", "<!", "--><!--", "```\na\n"]
)
def test_the_time_grows_only_as_the_text_does(piece: str, publication) -> None:
    assert seconds_for(piece, 1 << 18, publication) < 2  # about 0.2; quadratic ones take far longer


def seconds_for(piece: str, length: int, publication) -> float:
    text = (piece * (length // len(piece) + 1))[:length]
    started = time.process_time()
    publish(publication, text, "policies/POL-007-x.md", "policies/POL-007.md")
    return time.process_time() - started
