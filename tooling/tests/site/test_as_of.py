"""The site of an earlier day: what was in force then, records as they stood then, and marked as such."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from support.cli import sms
from support.linkcheck import dead_links
from support.scenario import play
from support.small_sms import BEGAN, made_by

from smsrepo.site.another_day import meaning
from smsrepo.site.edition import publication_of
from smsrepo.site.page import Page
from smsrepo.site.pages import pages_of
from smsrepo.site.publication import Publication

At = Callable[[str], Publication]


@pytest.fixture(scope="module")
def at(pristine_past: Path) -> At:
    """The publication of the demonstration with its past, of a day."""
    return cache(lambda day: publication_of(pristine_past, date.fromisoformat(day)))


@pytest.fixture(scope="module")
def june(at: At) -> dict[str, Page]:
    """The pages of the day before POL-002 2.0 came into force."""
    return pages_of(at("2026-06-14"))


@pytest.mark.parametrize(
    ("day", "id_", "revision"),
    [
        ("2026-06-14", "POL-002", "1.0"),
        ("2026-06-15", "POL-002", "2.0"),
        ("2026-06-14", "RSK-002", None),
        ("2025-06-01", "POL-002", None),
    ],
)
def test_documents_stand_in_the_revision_of_the_day(day: str, id_: str, revision: str | None, at: At) -> None:
    found = at(day).repo.find(id_)
    assert (found.data["revision"] if found else None) == revision


def test_later_records_are_nowhere(at: At, june: dict[str, Page]) -> None:
    later = {a.id for a in at("2026-11-20").repo.artefacts if a.type.is_record} - set(
        at("2026-06-14").repo.by_id
    )
    assert len(later) > 100
    assert not [path for path in june if Path(path).stem in later]
    assert not [(path, id_) for path, page in june.items() for id_ in later if f"/{id_}.md" in page.markdown]


def test_records_stand_as_they_did(at: At) -> None:
    """What is closed now may have been open then."""
    then, now = at("2026-06-14").repo, at("2026-11-20").repo
    reopened = [a.id for a in then.artefacts if a.type.is_record and not a.closed and now.by_id[a.id].closed]
    assert len(reopened) > 5


def test_nothing_was_recorded_after_the_day(at: At) -> None:
    days = [a.data["recorded_on"] for a in at("2026-06-14").repo.artefacts if a.type.is_record]
    assert (
        max(days)
        <= "2026-06-14"
        < max(a.data.get("recorded_on", "") for a in at("2026-11-20").repo.artefacts)
    )


def test_every_page_says_that_it_is_not_the_present(june: dict[str, Page]) -> None:
    assert len(june) > 500
    for page in june.values():
        assert page.imprint.endswith("As of 2026-06-14: not the present state"), page.path
        assert 'robots: "noindex"' in page.text, page.path
    assert june["policies/POL-002.md"].searchable
    assert june["policies/POL-002.md"].imprint.startswith("POL-002, revision 1.0, effective. As of")


def test_before_control_began_nothing_is_proven(tmp_path: Path) -> None:
    """What was taken over later says nothing of approvals then."""
    repo = play("", tmp_path / "repo")[0].repo
    controlled = repo.git("rev-parse", "HEAD^{tree}")
    repo.git("rm", "--quiet", "--cached", "sms/genesis.yml")
    words = ("commit-tree", "-m", "x")
    first = repo.git(*words, repo.git("write-tree"), **made_by("anna", "2025-12-20T10:00:00Z"))
    repo.git(
        "reset", "--quiet", "--hard", repo.git(*words, "-p", first, controlled, **made_by("anna", BEGAN))
    )
    then, began = (publication_of(repo.path, date.fromisoformat(day)) for day in ("2026-01-04", BEGAN[:10]))
    assert meaning(then) == (
        "Document control began on 2026-01-05. "
        "This is reconstructed from what was taken over then and from the dates in the files."
    )
    assert meaning(began).startswith("What was in force then")
    pages = pages_of(then)
    assert pages["policies/POL-001.md"].imprint.endswith(
        "As of 2026-01-04: not the present state, and not proven"
    )
    home = pages["index.md"].markdown
    assert ("in doubt" in home, "not proven" in home) == (False, True)
    assert "document control began later, on 2026-01-05" in home
    assert "in doubt" in pages_of(began)["index.md"].markdown


def test_links_to_what_came_later_are_plain_text(june: dict[str, Page]) -> None:
    assert dead_links(june) == []


def test_the_present_is_not_marked(pristine_past: Path) -> None:
    publication = publication_of(pristine_past)
    assert not publication.another_day
    assert "present state" not in pages_of(publication)["index.md"].text


# Without a history the files are all there is; records say themselves when they were made.
@pytest.mark.parametrize(
    ("day", "there"), [("2025-12-31", False), ("2026-11-01", True), ("2027-03-01", True)]
)
def test_without_history_records_are_taken_at_their_word(day: str, there: bool, repository: Path) -> None:
    publication = publication_of(repository, date.fromisoformat(day))
    assert ("MEA-2026-0001" in publication.repo.by_id) is there
    assert "POL-001" in publication.repo.by_id
    assert publication.another_day


def test_built_site_has_a_banner_everywhere(repository: Path, tmp_path: Path) -> None:
    ran = sms("-C", repository, "site", "build", "--as-of", "2027-03-01", "--site-dir", tmp_path / "site")
    assert ran.code == 0, ran.err
    pages = [path.read_text() for path in (tmp_path / "site").rglob("*.html")]
    assert len(pages) > 30
    for page in pages:
        assert ">As of 2027-03-01: not the present state, but what is to come.</strong>" in page
        assert "What will be in force then, by what is approved today" in page
        assert "What was in force then" not in page
        assert page.count('<meta name="robots" content="noindex">') == 1
    assert "<loc>" not in (tmp_path / "site" / "sitemap.xml").read_text()


NOTICES = {
    "2026-11-01": ("As of 2026-11-01: not the present state", "What was in force then, and records as they stood at"),
    "2027-03-01": ("As of 2027-03-01: not the present state, but what is to come", "What will be in force then, by "),
}  # fmt: skip


@pytest.mark.parametrize(("day", "said"), NOTICES.items())
def test_plain_pages_begin_with_the_notice(
    day: str, said: tuple[str, str], repository: Path, tmp_path: Path
) -> None:
    """Other engines have no banner; where ours have one, the page itself does not say it again."""
    title, meaning = said
    ran = sms("-C", repository, "site", "pages", tmp_path / "pages", "--as-of", day)
    assert ran.code == 0, ran.err
    for path in (tmp_path / "pages").rglob("*.md"):
        begins = path.read_text().partition("\n---\n\n")[2]
        assert begins.startswith(f'!!! warning "{title}"\n\n    {meaning}'), path
    for page in pages_of(publication_of(repository, date.fromisoformat(day))).values():
        assert meaning not in page.markdown
        assert page.imprint.endswith(title)


def test_plain_pages_of_the_present_begin_with_themselves(repository: Path, tmp_path: Path) -> None:
    assert sms("-C", repository, "site", "pages", tmp_path / "pages").code == 0
    assert "present state" not in (tmp_path / "pages/index.md").read_text()
