"""The site says what sms verify finds: on Findings, on the front page, and on the page of what is concerned."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from support.cli import sms
from support.memory import ROOT
from support.scenario import play

from smsrepo.check.engine import Report
from smsrepo.check.verify import verify
from smsrepo.model.finding import Finding, Severity
from smsrepo.site import edition
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication

INCIDENTS = "sms/records/incidents"
POLICY, CLOSED = "policies/POL-001.md", f"{INCIDENTS}/INC-2026-0002.md"
DELETED = "on 2026-02-01\nbob deletes INC-2026-0001\nmerge"
FALSIFIED = "on 2026-02-01\nmallory edits INC-2026-0002 title=Falsified\nmerge"
REOPENED = "on 2026-02-01\nmallory edits INC-2026-0002 status=open\nmerge"
CHANGED = "on 2026-02-01\nmallory edits POL-001: We serve nobody.\nmerge"
IN_REVIEW = "on 2026-02-01\nbob issues POL-001 1.1: We serve better.\nmerge"
BOX = '!!! danger "'
Played = Callable[[str], Path]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The repository of a scenario, on its main branch."""

    def make(text: str) -> Path:
        started, _ = play(text, tmp_path_factory.mktemp("play") / "repo")
        started.repo.switch("main")
        return started.repo.path

    return cache(make)


@pytest.fixture(scope="module")
def pages_after(played: Played) -> Callable[..., dict[str, Page]]:
    """The pages after a scenario, of today or of a day."""
    return cache(lambda text, day=None: pages_of(edition.publication_of(played(text), day)))


def verdict(page: Page) -> str:
    found = re.search(r'<p class="sms-verdict" markdown="span">(.*)</p>', page.markdown)
    assert found
    return re.sub(r"<[^>]+>|\]\([^)]*\)|\[", "", found[1])


# (what happened, the page, what it says, what it does not say)
PAGES = {
    "deleted, findings": (
        DELETED, "findings.md",
        ["Not proven: 1 error.", f"<code>{INCIDENTS}/INC-2026-0001-mail.yml</code>", "record-disposed-unapproved"],
        [f"{INCIDENTS}/INC-2026-0001.md"],
    ),
    "deleted, its kind": (
        DELETED, f"{INCIDENTS}/index.md",
        [f"{BOX}Removed against the rules: 1 missing here", "INC-2026-0001 Mail down: was removed, but no disposal record"],
        [],
    ),
    "deleted, records": (DELETED, "records/index.md", ["INC-2026-0001 Mail down: was removed"], []),
    "deleted, others": (DELETED, "sms/records/changes/index.md", [], ["removed", "danger"]),
    "falsified, findings": (FALSIFIED, "findings.md", ["Not proven: 1 error.", "closed-record-edited"], []),
    "falsified, the record": (
        FALSIFIED, CLOSED,
        [f"{BOX}This record was changed after it was closed", "&#96;title&#96; changed. See [Findings](../../../findings.md#history)."],
        [],
    ),
    "falsified, its kind": (FALSIFIED, f"{INCIDENTS}/index.md", [], ["missing"]),
    "reopened": (REOPENED, CLOSED, [f"{BOX}This record was opened again after it was closed"], []),
    "changed, findings": (
        CHANGED, "findings.md", ["Not proven: 2 errors.", "approved-bytes-changed", "approval-missing"], [],
    ),
    "changed, the document": (
        CHANGED, POLICY,
        [f"{BOX}Changed after its approval, without a new revision", "We serve.", "The text below is the approved one",
         "See [Findings](../findings.md#history)."],
        ["We serve nobody.", "on its way", "in review"],
    ),
    "changed, the calendar": (
        CHANGED, "calendar.md", ["2026-02-01", "Revision 1.0 was changed without a new revision"], ["Approval of revision 1.0"],
    ),
    "changed, then mended, but not settled": (
        f"{CHANGED}\nbob issues POL-001 1.1: We serve better.\nanna approves POL-001\nmerge", "findings.md",
        ["Not proven: 1 error.", "A step cannot be undone: what was found in one is settled by a nonconformity"], ["approval-missing"],
    ),
    "deleted document": (
        "on 2026-02-01\nbob deletes POL-001\nmerge", POLICY, [f"{BOX}Removed against the rules", "POL-001 was issued"], [],
    ),
    "in review, which its head says": (IN_REVIEW, POLICY, ["A newer revision is on its way"], ["danger"]),
    "nothing wrong": ("", "findings.md", ["Proven: everything since the genesis was approved", "0 errors and 0 warnings"], []),
    "nothing wrong, a rule": (DELETED, "rules.md", ["[record-disposed-unapproved]"], []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "path", "said", "unsaid"), PAGES.values(), ids=PAGES)
def test_page(
    text: str, path: str, said: list[str], unsaid: list[str], pages_after: Callable[..., dict[str, Page]]
) -> None:
    page = pages_after(text)[path].markdown
    assert [words for words in said if words not in page] == []
    assert [words for words in unsaid if words in page] == []


HOMES = {
    "deleted": (DELETED, "History (not proven: 1 error)"),
    "falsified": (FALSIFIED, "History (not proven: 1 error)"),
    "changed": (CHANGED, "History (not proven: 2 errors)"),
}


@pytest.mark.parametrize(("text", "said"), HOMES.values(), ids=HOMES)
def test_front_page_is_red(text: str, said: str, pages_after: Callable[..., dict[str, Page]]) -> None:
    home = pages_after(text)["index.md"]
    assert said in verdict(home)
    assert f'<span class="sms-badge sms-badge--bad">{said.partition("(")[2][:-1]}</span>' in home.markdown


def test_front_page_of_what_is_proven(pages_after: Callable[..., dict[str, Page]]) -> None:
    home = pages_after("")["index.md"]
    assert "History" not in verdict(home)
    assert (
        '[History](findings.md#history) <span class="sms-badge sms-badge--good">proven</span>'
        in home.markdown
    )


def test_before_control_began_it_says_so(pages: dict[str, Page]) -> None:
    assert (
        "Document control has not begun, so the history proves nothing yet." in pages["findings.md"].markdown
    )
    assert "document control has not begun" in pages["index.md"].markdown


@pytest.mark.parametrize(("day", "wrong"), [("2026-01-31", False), ("2026-02-01", True)])
def test_of_an_earlier_day_only_what_was_done_by_then(
    day: str, wrong: bool, pages_after: Callable[..., dict[str, Page]]
) -> None:
    pages = pages_after(DELETED, date.fromisoformat(day))
    text = pages["findings.md"].markdown
    assert f"up to {day}: {'1 error' if wrong else '0 errors'} and 0 warnings." in text
    assert f"sms verify --as-of {day}" in text
    assert ("missing here" in pages[f"{INCIDENTS}/index.md"].markdown) is wrong
    assert ("not proven" in verdict(pages["index.md"])) is wrong


def finding(number: int, severity: Severity = Severity.WARNING) -> Finding:
    path = f"{INCIDENTS}/INC-2026-{number:04}-mail.yml"
    return Finding(
        "record-entered-late", severity, path, 0, 0, "", f"number {number} is late", "Be early.", (), "c" * 40
    )


@pytest.fixture
def proven(played: Played) -> Publication:
    """The publication of a repository whose history is proven."""
    return edition.publication_of(played(""))


def test_warnings_are_told_and_many_alike_are_one_row(proven: Publication) -> None:
    assert proven.proof
    found = tuple(map(finding, range(1, 101)))
    pages = pages_of(replace(proven, proof=replace(proven.proof, findings=found)))
    text = pages["findings.md"].markdown
    assert "Proven: everything since the genesis" in text
    assert text.count("[record-entered-late]") == 1
    assert "The first of 100 of this kind." in text
    assert "and 70 more" in text
    assert "History" not in verdict(pages["index.md"])
    assert (
        '<span class="sms-badge sms-badge--plain">proven, 100 warnings</span>' in pages["index.md"].markdown
    )
    assert BOX not in pages[CLOSED].markdown


def test_what_a_nonconformity_settled_is_told_and_no_longer_open(proven: Publication) -> None:
    assert proven.proof
    settled = ((finding(2, Severity.ERROR), "NCR-2026-0001"),)
    pages = pages_of(replace(proven, proof=replace(proven.proof, settled=settled)))
    assert "Proven:" in pages["findings.md"].markdown
    assert "number 2 is late" in pages["findings.md"].markdown
    assert "NCR-2026-0001" in pages["findings.md"].markdown
    assert BOX not in pages[CLOSED].markdown


def test_front_page_counts_errors_and_warnings_of_the_check(publication: Publication) -> None:
    found = (finding(1, Severity.ERROR), finding(2, Severity.ERROR), finding(3))
    pages = pages_of(replace(publication, report=Report(found)))
    assert "Check (2 errors, 1 warning)" in verdict(pages["index.md"])


def test_an_edit_costs_no_second_replay(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    root, ran = played("bob drafts POL-001 1.1: Once.\nmerge"), []
    monkeypatch.setattr(edition, "verify", lambda *given: ran.append(1) or verify(*given))
    for text in ("one", "two"):
        record = root / f"{INCIDENTS}/INC-2026-0001-mail.yml"
        record.write_text(re.sub("title: .*", f"title: {text}", record.read_text()))
        assert edition.publication_of(root).repo.by_id["INC-2026-0001"].title == text
    assert len(ran) == 1


@pytest.fixture(scope="module")
def falsified(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A falsified repository that has what its site needs."""
    root = Path(shutil.copytree(played(FALSIFIED), tmp_path_factory.mktemp("falsified") / "repo"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "tooling/site/docs").mkdir(parents=True)
    return root


def test_build_says_so_in_one_line(falsified: Path, tmp_path: Path) -> None:
    ran = sms("-C", falsified, "site", "build", "--site-dir", tmp_path / "site")
    assert ran.code == 0, ran.err
    assert ran.err == "Not proven: 1 error. The site says so on its front page. See all with sms verify.\n"


def test_a_version_that_moves_is_published_and_says_so(falsified: Path, tmp_path: Path) -> None:
    ran = sms("-C", falsified, "site", "publish", "--version", "dev", "--to", tmp_path / "site")
    assert ran.code == 0, ran.err
    home = (tmp_path / "site/dev/index.html").read_text()
    assert "not proven: 1 error" in home
    assert (
        "This record was changed after it was closed"
        in (tmp_path / "site/dev" / CLOSED.removesuffix(".md") / "index.html").read_text()
    )
