"""Signs with the public keys of the demonstration, as ssh-keygen would, without a process for each statement.

Never for a real key: those stay in files, agents and hardware that only ssh-keygen sees.
"""

from functools import cache

from smsrepo.pack.story import key_file
from smsrepo.ssh.keys import ED25519, read_public
from smsrepo.ssh.ssh_wire import string
from smsrepo.ssh.sshsig import NAMESPACE, Signature, signed_data

_HASH = "sha512"


def sign(message: bytes, name: str) -> bytes:
    """The .sig file that the key in a file of the demonstration gives; the same bytes every time."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_private_key

    private = load_ssh_private_key(_key(name), None)
    if not isinstance(private, Ed25519PrivateKey):
        raise TypeError(f"the demonstration key {name} is not an ed25519 key")
    line = private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    raw = string(private.sign(signed_data(message, NAMESPACE, _HASH)))
    return Signature(read_public(line), NAMESPACE, _HASH, ED25519, raw).armored


@cache
def _key(name: str) -> bytes:
    return key_file(name)
