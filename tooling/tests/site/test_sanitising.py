"""Nothing an author types runs in a reader's browser or loads from elsewhere, whatever engine builds the site."""

import re

import pytest

from smsrepo.site.pages import pages_of
from smsrepo.site.prose import publish
from smsrepo.site.sanitise import sanitise

EVIL = """---
id: POL-009
type: policy
title: Evil <img src=x onerror=alert(1)> {{ config }} policy
revision: "1.0"
status: issued
owner: top-management
author: ben-okoro
summary_of_change: "<script>alert(1)</script> a | b {{ x }}"
---
# Evil <img src=x onerror=alert(1)> {{ config }} policy

## Purpose <script>alert(2)</script> {onclick="alert(3)"}

Here is <script>alert(4)</script> and <b onclick="x">bold</b>, [click](javascript:alert(5)),
[upper](JaVaScRiPt:alert(6)), [data](data:text/html;base64,x), <javascript:alert(7)>, ![beacon](https://evil.example/x.png),
{{ 7*7 }} and {% raw %}.
A paragraph with a list of attributes.
{: onmouseover="alert(8)" }

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
        ("`a <b> {{ c }}`", "`a <b> {{ c }}`"),
        ("see SLA-001, POL-999 and `SLA-001`", "see [SLA-001](../slas/SLA-001.md), POL-999 and `SLA-001`"),
        ("[a *b* `c`](../slas/SLA-001-mail-agreement.yml#x)", "[a b <code>c</code>](../slas/SLA-001.md#x)"),
        ("[a](../sms/control.yml) [b](../nothing.txt)", "[a](../control.md) b"),
        ("[folder](../slas)", "[folder](../slas/index.md)"),
        ("![chart](chart.png)", "chart (image chart.png)"),
        ("x <!-- decide: a|b? --> y", "x **To be decided:** a&#124;b? y"),
        ("> ```\n> x", "> ```\n> x\n> ```"),
        ("- a\n\n      code", "- a\n\n        code"),
        ("    indented <b>", "indented <b>"),
        ("- <!-- decide: really? -->", '- \n    !!! question "To be decided"\n\n        really?'),
        ("# a [b](../sms/roles.yml) c", "### a [b](../roles.md) c"),
        ("[a ![b](c.png)](../sms/roles.yml)", "[a b (image c.png)](../roles.md)"),
    ],
)
def test_text_of_authors(publication, text: str, expected: str) -> None:
    assert publish(publication, text, "policies/POL-007-x.md", "policies/POL-007.md", top=3) == expected
