"""The keys of everyone, for an auditor who verifies statements with ssh-keygen alone."""

from collections.abc import Iterator

from smsrepo.control.settings import Settings
from smsrepo.errors import UserError
from smsrepo.ssh.allowed_signers import Signer, allowed_signers
from smsrepo.ssh.keys import read_public


def signers_of(settings: Settings) -> str:
    """The allowed-signers file: people and collectors by id. Keys that are not accepted are left out."""
    return allowed_signers(_signers(settings))


def _signers(settings: Settings) -> Iterator[Signer]:
    people = [(person.id, person.keys) for person in settings.people.values()]
    collectors = [(collector.id, collector.keys) for collector in settings.collectors.values()]
    for id_, keys in people + collectors:
        for key in keys:
            try:
                yield Signer(id_, read_public(key.line), key.start, key.end)
            except UserError:
                continue
