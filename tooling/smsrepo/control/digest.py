"""Digests that approvals are bound to. Nothing is normalised and no field is left out."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

ABSENT = "absent"
"""Stands for the digest of a file that is taken away."""


class Member(NamedTuple):
    """A file of a bundle: mode as git writes it, path ("." for the document itself), length and SHA-256 (hex)."""

    mode: str
    path: str
    length: int
    sha256: str


def document_digest(members: Iterable[Member]) -> str:
    """Of a document and its attachments, as "sha256:…". Its own path is ".", so moving a folder changes nothing."""
    return _digest("sms-doc-digest/1", members)


def genesis_digest(members: Iterable[Member]) -> str:
    """Of every file of the management system as it stood when control began, as "sha256:…"."""
    return _digest("sms-genesis-digest/1", members)


def sha256(content: bytes) -> str:
    """The SHA-256 of bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def _digest(purpose: str, members: Iterable[Member]) -> str:
    lines = [
        f"{m.mode} {m.path}\0{m.length} {m.sha256}\n".encode("utf-8", "surrogateescape")
        for m in sorted(members, key=lambda m: m.path)
    ]
    content = purpose.encode() + b"\n" + b"".join(lines)
    return f"sha256:{sha256(content)}"
