"""The site of 1,000 documents with five approved revisions each and 5,000 records, beside bare Material.

    python tooling/bench/site.py [--documents 1000] [--records 5000] [--runs 1]

Prints the seconds of each phase, of whole builds, and of following an edit. The peer is Material on the same
pages and menu, with no plugin but search.
"""

import argparse
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from approvals import stream
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support import small_sms
from support.gitrepo import GitRepo
from support.memory import ROOT
from support.served import Served

from smsrepo.load import parallel
from smsrepo.site.edition import publication_of
from smsrepo.site.folder import write
from smsrepo.site.navigation import menu
from smsrepo.site.pages import pages_of


def main() -> None:
    """Build the corpus, time everything, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--records", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="sms-bench-") as folder:
        root = Path(folder, "sms")
        _write_corpus(root, options.documents, options.records)
        for _ in range(options.runs):
            _measure(root, Path(folder))


def _measure(root: Path, folder: Path) -> None:
    with _timed("publication: history, files, rules, coverage"):
        publication = publication_of(root)
    with _timed("pages"):
        pages = pages_of(publication)
    target = folder / "site"
    with _timed("whole build, sms site build") as ours:
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(target)))
    size = sum(path.stat().st_size for path in target.rglob("*.html"))
    print(f"  {len(pages):,} pages, {size / len(pages) / 1024:.0f} KB each")
    _follow(root, folder / "served")
    plain = folder / "plain"
    shutil.rmtree(plain, ignore_errors=True)
    write(pages, {}, plain / "docs")
    config = yaml.safe_load((root / "mkdocs.yml").read_text())
    config |= {
        "docs_dir": "docs",
        "plugins": ["search"],
        "nav": menu(publication),
        "markdown_extensions": _EXTENSIONS,
    }
    config["theme"]["features"] = ["navigation.prune", "navigation.indexes", "navigation.tabs"]
    (plain / "mkdocs.yml").write_text(yaml.safe_dump(config))
    with _timed("the same pages by Material alone") as peer:
        build(load_config(str(plain / "mkdocs.yml"), site_dir=str(folder / "peer")))
    print(f"  sms site build takes {ours[0] / peer[0]:.2f} times as long (target: 1.3)")


def _follow(root: Path, target: Path) -> None:
    served = Served(root, target)
    parallel.WORTH_IT = sys.maxsize  # a server does not fork
    policy = root / "policies/POL-1000-policy.md"
    policy.write_text(policy.read_text() + "\nA sentence more.\n")
    with _timed("sms site serve, an edit followed"):
        served.edited()
    assert served.whole_builds == 1


_EXTENSIONS = ["admonition", "attr_list", "footnotes", "md_in_html", "sane_lists", "pymdownx.superfences"]


@contextmanager
def _timed(name: str) -> Iterator[list[float]]:
    """Prints how long the block took, and hands it over in a list."""
    took: list[float] = []
    started = time.perf_counter()
    yield took
    took.append(time.perf_counter() - started)
    print(f"  {name:46} {took[0]:7.2f} s")


def _write_corpus(root: Path, documents: int, records: int) -> None:
    more = _of_the_example("schemas", "catalog", "sms/registers")
    more |= {f"sms/records/incidents/INC-2025-{n:04d}-mail.yml": _incident(n) for n in range(1, records + 1)}
    more["mkdocs.yml"] = (ROOT / "mkdocs.yml").read_text()
    repo = GitRepo.new(root)
    stream_of = b"".join(stream(documents, more, _policy))
    subprocess.run(["git", "-C", str(root), "fast-import", "--quiet"], input=stream_of, check=True)
    repo.git("reset", "--quiet", "--hard", "main")
    (root / "tooling/site/docs").mkdir(parents=True)


def _of_the_example(*folders: str) -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text()
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".yml", ".md", ".json"}
    }


@cache
def _lines_of(path: str) -> tuple[str, ...]:
    return tuple(next(ROOT.glob(path)).read_text().splitlines())


def _policy(id_: str, issue: int) -> str:
    """The change policy of the example; every issue changes a few fields and adds a sentence to two sections."""
    fields = {"id": id_, "revision": f'"1.{issue}"', "title": f"Policy {id_}", "owner": "sms-manager"}
    lines = []
    for line in _lines_of("policies/POL-002-*.md"):
        name = line.partition(":")[0]
        lines.append(f"{name}: {fields[name]}" if name in fields else line)
        if line in ("## Purpose", "## Review"):
            lines += ["", f"Issue {issue} of this policy says so in its own words."]
    return "\n".join(line for line in lines if not line.startswith("effective_from")) + "\n"


def _incident(number: int) -> str:
    fields = {
        "id": f"INC-2025-{number:04d}",
        "title": f"Incident {number}",
        "recorded_by": small_sms.person_id("bob"),
    }
    lines = (
        (line, line.partition(":")[0]) for line in _lines_of("sms/records/incidents/INC-2025-0001-*.yml")
    )
    return "\n".join(f"{name}: {fields[name]}" if name in fields else line for line, name in lines) + "\n"


if __name__ == "__main__":
    main()
