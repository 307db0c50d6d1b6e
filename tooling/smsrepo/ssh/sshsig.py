"""SSH signatures (SSHSIG): read strictly and checked in this process, never by git or another program.

One signature has one spelling: any changed byte of a .sig file is refused. What remains is that of an ECDSA
signature (r, s) a stranger can make (r, n - s), which fits the same bytes and the same key. It approves nothing
that the signer did not approve. So never take a signature for an identity or count signatures: statements
are told apart by their own digest, approvals by person.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from smsrepo.ssh.keys import PublicKey, UnfitKeyError, of_blob
from smsrepo.ssh.ssh_algorithms import SignatureError, algorithms, check
from smsrepo.ssh.ssh_wire import Reader, WireError, string

__all__ = ["NAMESPACE", "Signature", "SignatureError", "parse", "signed_data", "verify"]

NAMESPACE: Final = "smsrepo-approval@v1"

_MAGIC = b"SSHSIG"
_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_END = b"-----END SSH SIGNATURE-----\n"
_WIDTH = 70  # characters of base64 in a line, as ssh-keygen writes them
_LONGEST = 16_384  # bytes; the largest RSA key needs 6,000
_HASHES = ("sha256", "sha512")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as read, not yet checked.

    `hash` is "sha256" or "sha512"; `algorithm` is what the signature claims to be made with ("rsa-sha2-512");
    `raw` is all that follows the algorithm: the signature proper, for hardware keys also flags and counter.
    """

    key: PublicKey
    namespace: str
    hash: str
    algorithm: str
    raw: bytes

    @property
    def armored(self) -> bytes:
        """The .sig file, byte for byte as ssh-keygen writes it."""
        signature = string(self.algorithm.encode()) + self.raw
        head = _MAGIC + (1).to_bytes(4) + string(self.key.blob) + string(self.namespace.encode())
        text = base64.b64encode(head + string(b"") + string(self.hash.encode()) + string(signature))
        lines = [text[at : at + _WIDTH] + b"\n" for at in range(0, len(text), _WIDTH)]
        return _BEGIN + b"".join(lines) + _END


def signed_data(message: bytes, namespace: str, hash_: str) -> bytes:
    """The bytes that a key signs for a message: its digest, bound to the namespace."""
    digest = hashlib.new(hash_, message).digest()
    return _MAGIC + string(namespace.encode()) + string(b"") + string(hash_.encode()) + string(digest)


def parse(armored: bytes) -> Signature:
    """What a .sig file holds, unchecked; raises SignatureError where one byte is not as ssh-keygen writes it."""
    if not armored.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        raise SignatureError("this is not an SSH signature")
    if len(armored) > _LONGEST:
        raise SignatureError("the signature is malformed: it is too long")
    try:
        signature = _read(base64.b64decode(armored[len(_BEGIN) : -len(_END)]))
    except (binascii.Error, WireError) as error:
        raise SignatureError(f"the signature is malformed: {error}") from error
    # The decoder overlooks spaces, line ends, stray bits and other first and last lines; the comparison does not.
    if signature.armored != armored:
        raise SignatureError(
            "the signature is malformed: its file is not laid out as ssh-keygen writes it, byte for byte"
        )
    return signature


def verify(message: bytes, armored: bytes, namespace: str = NAMESPACE) -> PublicKey:
    """The key that signed exactly this message for this purpose; raises SignatureError with the reason.

    Says nothing about whose key it is, or whether it counts: that is the policy's to say.
    """
    signature = parse(armored)
    if signature.namespace != namespace:
        raise SignatureError(
            f"the signature was made for another purpose ({signature.namespace!r}, not {namespace!r})"
        )
    data = signed_data(message, namespace, signature.hash)
    check(signature.key, data, signature.algorithm, signature.raw)
    return signature.key


def _read(blob: bytes) -> Signature:
    reader = Reader(blob)
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise SignatureError("this is not an SSH signature")
    if (version := reader.number()) != 1:
        raise SignatureError(f"the signature is of version {version}, which is not known")
    try:
        key = of_blob(reader.string())
    except UnfitKeyError as error:
        raise SignatureError(
            f"the signature was made with a key that cannot sign approvals: {error}"
        ) from error
    namespace = reader.text()
    if reader.string():
        raise SignatureError("the signature is malformed: its reserved field is not empty")
    hash_ = reader.text()
    inner = Reader(reader.string())
    reader.end()
    algorithm = inner.text()
    if hash_ not in _HASHES:
        raise SignatureError(f"the signature uses {hash_[:60]!r} as its digest, which is weak or unknown")
    if algorithm not in algorithms(key):
        raise SignatureError(
            f"the signature uses the algorithm {algorithm[:60]!r}, which is weak or unknown for this key"
        )
    return Signature(key, namespace, hash_, algorithm, inner.rest())
