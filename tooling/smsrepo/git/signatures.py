"""The SSH signatures that commits carry: who held the key made the commit, whatever name stands in it."""

from collections.abc import Iterable
from pathlib import Path

from smsrepo.errors import CannotRunError
from smsrepo.git.door import full
from smsrepo.git.process import reading
from smsrepo.model.history import CommitSignature

NAMESPACE = "git"
"""What git signs commits for."""
_FIELD = b"gpgsig "
_SSH = b"-----BEGIN SSH SIGNATURE-----"


def commit_signatures(root: Path, commits: Iterable[str]) -> dict[str, CommitSignature]:
    """The SSH signatures of those commits (full ids) that carry one; nobody has verified them yet."""
    wanted = [full(commit) for commit in commits]
    found: dict[str, CommitSignature] = {}
    if not wanted:
        return found
    read = reading(root, "cat-file")
    with read.stream("--batch", "--buffer", stdin="".join(f"{one}\n" for one in wanted).encode()) as answer:
        for commit in wanted:
            head = answer.readline().split()
            if len(head) != 3 or head[1] != b"commit":
                raise CannotRunError(
                    f"git cannot read commit {commit}", "Fetch the missing objects, then try again."
                )
            signature = _signature(answer.read(int(head[2]) + 1)[:-1])
            if signature:
                found[commit] = signature
    return found


def _signature(raw: bytes) -> CommitSignature | None:
    """The signature in the header of a commit, and the commit without it, which is what was signed."""
    header, _, message = raw.partition(b"\n\n")
    if _SSH not in header:
        return None
    kept: list[bytes] = []
    signed: list[bytes] = []
    within = False
    for line in header.split(b"\n"):
        within = line.startswith(_FIELD) or (within and line.startswith(b" "))
        (signed if within else kept).append(line)
    armoured = (
        b"\n".join(line.removeprefix(_FIELD).removeprefix(b" ") for line in signed).rstrip(b"\n") + b"\n"
    )
    return CommitSignature(b"\n".join(kept) + b"\n\n" + message, armoured)
