"""The keys that signed commits: who held the key made the commit, whatever name stands in it."""

from collections.abc import Iterable
from pathlib import Path

from smsrepo.errors import CannotRunError
from smsrepo.git.door import full, objects
from smsrepo.ssh import sshsig

NAMESPACE = "git"
"""What git signs commits for."""
_FIELD = b"gpgsig "
_SSH = b"-----BEGIN SSH SIGNATURE-----"


def signing_keys(root: Path, commits: Iterable[str]) -> dict[str, str]:
    """The public key ("TYPE BASE64") that signed a commit, for those commits (full ids) whose SSH signature holds."""
    wanted = [full(commit) for commit in commits]
    found: dict[str, str] = {}
    if not wanted:
        return found
    with objects(root, wanted) as answer:
        for commit in wanted:
            head = answer.readline().split()
            if len(head) != 3 or head[1] != b"commit":
                raise CannotRunError(
                    f"git cannot read commit {commit}", "Fetch the missing objects, then try again."
                )
            if key := _signer(answer.read(int(head[2]) + 1)[:-1]):
                found[commit] = key
    return found


def _signer(raw: bytes) -> str:
    """The key behind the signature in the header of a commit, which is over the commit without it; "" for none."""
    header, _, message = raw.partition(b"\n\n")
    if _SSH not in header:
        return ""
    kept: list[bytes] = []
    signed: list[bytes] = []
    within = False
    for line in header.split(b"\n"):
        within = line.startswith(_FIELD) or (within and line.startswith(b" "))
        (signed if within else kept).append(line)
    armoured = (
        b"\n".join(line.removeprefix(_FIELD).removeprefix(b" ") for line in signed).rstrip(b"\n") + b"\n"
    )
    try:
        return sshsig.verify(b"\n".join(kept) + b"\n\n" + message, armoured, NAMESPACE).line
    except sshsig.SignatureError:
        return ""
