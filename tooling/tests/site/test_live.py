"""A served site after an edit: only what differs is made again, and what stands there is what a whole build makes."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.served import Served

POLICY = "policies/POL-001-mail-policy.md"


@pytest.fixture(scope="module")
def live(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("live") / "repository"
    shutil.copytree(repository, root)
    served = Served(root, root.parent / "site")
    yield served
    # MkDocs keeps a plugin that hears of start-up for the life of the process.
    served.plugin.on_startup(command="build")
    served.plugin._built = served.plugin._publication = None


@pytest.fixture
def served(live: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The one served site, afterwards again what it was. Further whole builds are counted, not made."""
    before = shutil.copytree(live.root, tmp_path / "before")
    built = live.plugin._built

    def build() -> None:
        live.whole_builds += 1
        live.plugin._built = built

    monkeypatch.setattr(live, "build", build)
    live.whole_builds = 0
    yield live
    shutil.rmtree(live.root)
    shutil.copytree(before, live.root)
    live.edited()


def change(root: Path, path: str, edit: Callable[[str], str]) -> None:
    file = root / path
    file.write_text(edit(file.read_text()))


def entries(found: dict[str, bytes]) -> set[tuple[str, str, str]]:
    """What search knows, in any order."""
    return {
        (doc["location"], doc["title"], doc["text"])
        for doc in json.loads(found["search/search_index.json"])["docs"]
    }


EDITS: dict[str, tuple[str, Callable[[str], str]]] = {
    "words": (POLICY, lambda text: text + "\nA sentence that nobody has read before.\n"),
    "a heading": (POLICY, lambda text: text + "\n## A heading of its own\n\nAnd what stands below it.\n"),
    "a figure": (
        "sms/records/measurements/MEA-2026-0002-mail.yml",
        lambda text: text.replace("met: false", "met: true"),
    ),
}


def test_after_edits_the_site_is_that_of_a_whole_build(served: Served, tmp_path: Path) -> None:
    for path, edit in EDITS.values():
        before = served.files()
        change(served.root, path, edit)
        served.edited()
        assert served.files() != before
    assert served.whole_builds == 0
    now, followed = served.files(), served.plugin._built
    whole = Served(served.root, tmp_path / "whole").files()
    served.plugin._built = followed  # MkDocs has one plugin for both
    assert entries(now) == entries(whole)
    for name in (now.keys() | whole.keys()) - {"search/search_index.json", "sitemap.xml"}:
        assert now.get(name) == whole.get(name), name


NOT_FOLLOWED: dict[str, tuple[str, Callable[[str], str]]] = {
    "a title that stands in the menu": (POLICY, lambda text: text.replace("title: ", "title: New ", 1)),
    "settings of the site": ("mkdocs.yml", lambda text: text + "\ncopyright: Nobody\n"),
}


@pytest.mark.parametrize("edit", NOT_FOLLOWED)
def test_what_every_page_shows_takes_a_whole_build(served: Served, edit: str) -> None:
    path, change_it = NOT_FOLLOWED[edit]
    change(served.root, path, change_it)
    served.edited()
    assert served.whole_builds == 1


def test_a_new_file_takes_a_whole_build(served: Served) -> None:
    text = (served.root / POLICY).read_text()
    (served.root / "policies/POL-009-another.md").write_text(text.replace("POL-001", "POL-009"))
    served.edited()
    assert served.whole_builds == 1


def test_a_half_typed_file_leaves_the_site_as_it_was(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    before = served.files()
    whole = (served.root / POLICY).read_text()
    change(served.root, POLICY, lambda text: text.replace("title:", "title: [", 1))
    served.edited()
    assert (served.files(), served.whole_builds) == (before, 0)
    assert "stays as it was" in caplog.text
    (served.root / POLICY).write_text(whole + "\nMended.\n")
    served.edited()
    assert served.whole_builds == 0
    assert b"Mended." in served.files()["policies/POL-001/index.html"]
