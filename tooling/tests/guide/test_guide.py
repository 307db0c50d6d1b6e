"""Every page of the guide, played from top to bottom: what it tells people to type works, and prints what it shows."""

import re
from pathlib import Path

import pytest
from support.guide import Stage, blocks, commands, differs

import smsrepo
from smsrepo.check.catalogue import built_in
from smsrepo.site.guide.guide_pages import ROLES, TUTORIAL, texts

NOT_RUN = {
    "first-hour": ["installs from the package registry", "stays open until you stop it"],
    "auditor": ["takes half a minute; building a site is run elsewhere"],
    "service-manager": ["takes half a minute; the first hour publishes as well"],
}
"""The blocks that cannot be run here, by page, with the reason they give. Keep it short."""


@pytest.mark.parametrize("name", (TUTORIAL, *ROLES))
def test_what_the_page_shows_is_what_happens(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pristine_past: Path
) -> None:
    Stage(tmp_path, monkeypatch, pristine_past).play(texts()[name])


def test_few_blocks_are_not_run() -> None:
    found = {
        name: [b.info["norun"] for b in blocks(text) if "norun" in b.info] for name, text in texts().items()
    }
    assert {name: reasons for name, reasons in found.items() if reasons} == NOT_RUN


@pytest.mark.parametrize("name", (TUTORIAL, *ROLES))
def test_every_command_shown_in_a_block_is_in_one_that_is_known(name: str) -> None:
    """No fence hides from the test: `sms` at a prompt stands in console blocks only."""
    text = texts()[name]
    shown = len(re.findall(r"^\s*\$ ", text, re.MULTILINE))
    assert shown == sum(len(list(commands(b.body))) for b in blocks(text) if b.kind == "console")
    assert shown >= 5


@pytest.mark.parametrize(
    ("shown", "printed", "fits"),
    [
        (["a", "b"], "a\nb\n", True),
        (["a"], "a\nb\n", False),
        (["a", "…"], "a\nb\n", True),
        (["…", "c"], "a\nb\nc\n", True),
        (["b"], "a\nb\n", False),
        (["a … c"], "a long c\n", True),
        (["a … c"], "a long d\n", False),
        (["…", "b", "…", "a"], "a\nb\n", False),
        ([], "a\n", False),
        ([], "", True),
        (["…"], "", True),
        (["a"], "", False),
    ],
)
def test_what_is_shown_is_compared_line_by_line(shown: list[str], printed: str, fits: bool) -> None:
    assert (differs(tuple(shown), printed) == "") is fits


_SOURCE = Path(smsrepo.__file__).parent
_REFUSALS = [
    (name, message)
    for name, text in texts().items()
    for row in re.findall(r"^\| (`.+?) \| ", text.partition("## When it says no")[2], re.MULTILINE)
    for message in re.findall("`([^`]+)`", row)
]


@pytest.mark.parametrize(("name", "message"), _REFUSALS)
def test_what_it_says_no_with_is_what_it_says(name: str, message: str) -> None:
    """The words in the tables of a page are those of a block that was played, or stand in the code that prints them."""
    played = "".join(block.body for block in blocks(texts()[name]))
    files = [*_SOURCE.rglob("*.py"), *_SOURCE.rglob("*.j2")]
    printed = any(message in file.read_text(encoding="utf-8") for file in files)
    assert message in played or printed or message in built_in()


def test_every_page_says_what_to_do_when_it_says_no() -> None:
    assert {name for name, _ in _REFUSALS} == {*ROLES}
