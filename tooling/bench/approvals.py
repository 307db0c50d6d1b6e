"""A repository with thousands of approvals, made in one process, and how long `sms verify` takes over it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support import small_sms
from support.gitrepo import GitRepo

from smsrepo.control.digest import Member, document_digest, sha256
from smsrepo.control.statement import MEANINGS, Statement, Subject, path_of, render

DOCUMENTS, ISSUES, A_STEP = 2_000, 5, 10
_BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)


def _policy(id_: str, issue: int) -> str:
    return small_sms.document(id_, "policy-change", "Policy", f"Text {issue}. " * 60, revision=f"1.{issue}")


def stream(
    documents: int = DOCUMENTS,
    more: Mapping[str, str] | None = None,
    document: Callable[[str, int], str] = _policy,
) -> Iterator[bytes]:
    """What git fast-import reads: the genesis with more files, then steps that issue and approve ten revisions each.

    `document` writes the text of an id in its issue 0, 1, 2 …, which is revision 1.0, 1.1, 1.2 …
    """
    contents = small_sms.files() | (more or {})
    contents["sms/genesis.yml"] = small_sms.genesis(contents)
    yield from _commit(_BEGAN, {path: text.encode() for path, text in contents.items()})
    digests: dict[int, str] = {}
    moment = _BEGAN
    for issue in range(ISSUES):
        for first in range(0, documents, A_STEP):
            moment += timedelta(minutes=1)
            files: dict[str, bytes] = {}
            for number in range(first, first + A_STEP):
                id_, revision = f"POL-{number + 1000}", f"1.{issue}"
                text = document(id_, issue)
                digest = document_digest([Member("100644", ".", len(text.encode()), sha256(text.encode()))])
                subject = Subject("document", id_, revision, digest, digests.get(number, ""))
                statement = Statement(
                    small_sms.REPOSITORY, "approve", small_sms.person_id("anna"), small_sms.PEOPLE["anna"],
                    "top-management", MEANINGS["approve"], moment, "signed", (subject,),
                )  # fmt: skip
                said = render(statement)
                path = path_of(statement, said)
                files |= {f"policies/{id_}-policy.md": text.encode(), path: said}
                files[f"{path}.sig"] = small_sms.key("anna").sign(said)
                digests[number] = digest
            yield from _commit(moment, files)


def _commit(moment: datetime, files: dict[str, bytes]) -> Iterator[bytes]:
    who = f"Bob Berg <{small_sms.mail('bob')}> {int(moment.timestamp())} +0000"
    yield f"commit refs/heads/main\ncommitter {who}\ndata 4\nstep\n".encode()
    for path, content in files.items():
        yield f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


def main() -> None:
    """Print how long a verification takes, start of the process included."""
    with tempfile.TemporaryDirectory() as folder:
        repo = GitRepo.new(Path(folder, "repo"))
        subprocess.run(
            ["git", "-C", str(repo.path), "fast-import", "--quiet"], input=b"".join(stream()), check=True
        )
        repo.git("reset", "--quiet", "--hard", "main")
        for _ in range(3):
            started = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", "smsrepo", "-C", str(repo.path), "verify", "--as-of", "2026-02-01"],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            took = time.perf_counter() - started
            print(f"sms verify, {DOCUMENTS * ISSUES:,} approvals of {DOCUMENTS:,} documents: {took:.2f} s")
            assert done.returncode == 0, done.stdout[-2000:] + done.stderr


if __name__ == "__main__":
    main()
