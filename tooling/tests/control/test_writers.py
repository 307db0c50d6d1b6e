"""Work on long histories stays quick: what was written is looked up, not searched for."""

import subprocess
from pathlib import Path
from time import perf_counter

from support import small_sms
from support.scenario import play

from smsrepo.control.replay import Replay
from smsrepo.load.history import load_history
from smsrepo.rules.control.transitions import renumbered


def imported(root: Path, commits: list[dict[str, str | None]]) -> Replay:
    """The replay of a small SMS with some more commits of Anna's; a text of None deletes."""
    play("", root)
    head = subprocess.check_output(["git", "-C", str(root), "rev-parse", "main"], text=True).strip()
    lines = []
    for number, files in enumerate(commits):
        lines.append(
            f"commit refs/heads/main\ncommitter {small_sms.identity('anna')} {1768040000 + number} +0000\n"
        )
        lines.append("data 0\n" + (f"from {head}\n" if not number else ""))
        for path, text in files.items():
            inline = f"M 100644 inline {path}\ndata {len((text or '').encode())}\n{text}\n"
            lines.append(inline if text is not None else f"D {path}\n")
    subprocess.run(
        ["git", "-C", str(root), "fast-import", "--quiet", "--force"],
        input="".join(lines).encode(),
        check=True,
    )
    head = subprocess.check_output(["git", "-C", str(root), "rev-parse", "main"], text=True).strip()
    return Replay(load_history(root, head))


def document(id_: str, text: str, **fields: str) -> str:
    return small_sms.document(id_, "policy-change", "Text", text, **fields)


def test_thousands_of_revisions_of_one_document(tmp_path: Path) -> None:
    path, count = "policies/POL-002-changes.md", 3000
    replay = imported(
        tmp_path / "repo",
        [{path: document("POL-002", f"Text {n}.", revision=f"1.{n + 1}")} for n in range(count)],
    )
    started = perf_counter()
    for _ in replay.run():
        pass
    assert perf_counter() - started < 5
    lineage = replay.lineages["POL-002"]
    assert len(lineage.revisions) == count + 1
    assert lineage.highest_but(lineage.revisions[-1]) == (1, count - 1)
    assert lineage.revisions[-1].authors == {"anna-nowak"}


def test_many_documents_under_other_ids(tmp_path: Path) -> None:
    """Also their writers go with them."""
    words = [" ".join(f"w{(n * 7919 + k * k) % 3001}" for k in range(800)) for n in range(60)]
    old = {f"policies/POL-{100 + n}-x.md": document(f"POL-{100 + n}", text) for n, text in enumerate(words)}
    new = {f"policies/POL-{399 - n}-x.md": document(f"POL-{399 - n}", text) for n, text in enumerate(words)}
    replay = imported(tmp_path / "repo", [{**old}, {**dict.fromkeys(old), **new}])
    started = perf_counter()
    _, last = list(replay.run())
    pairs = {(int(gone.id[4:]) - 100, 399 - int(come.id[4:])) for gone, come in renumbered(last)}
    assert perf_counter() - started < 5
    assert pairs == {(n, n) for n in range(60)}


def test_a_giant_that_goes_away_is_not_read(tmp_path: Path) -> None:
    giant = "giant " * 400_000
    replay = imported(
        tmp_path / "repo",
        [
            {"notes/giant.md": giant},
            {"notes/giant.md": None, "policies/POL-009-x.md": document("POL-009", "x")},
        ],
    )
    for _ in replay.run():
        pass
    assert max(len(replay.history.contents[blob]) for blob in replay.history.contents) < len(giant)
