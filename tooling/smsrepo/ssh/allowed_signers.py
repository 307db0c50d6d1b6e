"""The file with which ssh-keygen verifies approvals: for an auditor who has none of our software."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from smsrepo.errors import UserError
from smsrepo.ssh.keys import PublicKey
from smsrepo.ssh.sshsig import NAMESPACE

_PRINCIPAL = re.compile(r"[a-z][a-z0-9-]*")


class Signer(NamedTuple):
    """A key counts for a person (or a collector) from the first to the last day, both included; None: open."""

    principal: str
    key: PublicKey
    start: date | None = None
    end: date | None = None


def allowed_signers(signers: Iterable[Signer]) -> str:
    """The ALLOWED SIGNERS file of ssh-keygen, one line a key, days in UTC (the Z needs OpenSSH 9.1).

    ssh-keygen asks whether a key counts now. For an older approval say when it entered history:
    `ssh-keygen -Y verify -Overify-time=20261120101500Z …`. Raises UserError where an id could match other people
    (a pattern, a comma) or the days run backwards.
    """
    return "".join(_line(signer) for signer in signers)


def _line(signer: Signer) -> str:
    if not _PRINCIPAL.fullmatch(signer.principal):
        raise UserError(
            f"{signer.principal!r} cannot be the id of a signer",
            "Use small letters, digits and hyphens, beginning with a letter.",
        )
    if signer.start and signer.end and signer.end < signer.start:
        raise UserError(
            f"a key of {signer.principal} ends on {signer.end}, before it begins on {signer.start}",
            "Correct the days of the key.",
        )
    options = [f'namespaces="{NAMESPACE}"']
    if signer.start:
        options.append(f'valid-after="{signer.start:%Y%m%d}Z"')
    if signer.end:
        options.append(f'valid-before="{signer.end:%Y%m%d}235959Z"')
    return f"{signer.principal} {','.join(options)} {signer.key.line}\n"
