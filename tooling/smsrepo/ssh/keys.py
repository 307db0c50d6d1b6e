"""Public keys of SSH: which can sign approvals. What is refused here never reaches a signature check."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from smsrepo.errors import UserError
from smsrepo.ssh.ssh_wire import Reader, WireError

ED25519: Final = "ssh-ed25519"
ED25519_SK: Final = "sk-ssh-ed25519@openssh.com"
ECDSA_SK: Final = "sk-ecdsa-sha2-nistp256@openssh.com"
RSA: Final = "ssh-rsa"
# The curve by kind, with the bytes of one coordinate.
ECDSA: Final = {
    "ecdsa-sha2-nistp256": (b"nistp256", 32),
    "ecdsa-sha2-nistp384": (b"nistp384", 48),
    "ecdsa-sha2-nistp521": (b"nistp521", 66),
}
KINDS: Final = (ED25519, ED25519_SK, *ECDSA, ECDSA_SK, RSA)

_LINE = re.compile(r"(\S+)[ \t]+(\S+)(?:[ \t].*)?")
_LONGEST = 16_384  # characters; the longest RSA key that OpenSSL takes has under 3,000
_SMALLEST_RSA, _LARGEST_RSA = 3072, 16_384  # bits
_SMALLEST_EXPONENT = 65_537
_P = 2**255 - 19
_D = -121_665 * pow(121_666, -1, _P) % _P


class UnfitKeyError(ValueError):
    """A key that cannot sign approvals; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that can sign approvals. `blob` is its wire format: two keys are the same when their blobs are.

    Made by `read_public` or `of_blob`, which refuse what is weak or malformed; never made by hand.
    """

    kind: str
    blob: bytes

    @property
    def line(self) -> str:
        """`TYPE BASE64`, as it stands in a .pub file, without a comment."""
        return f"{self.kind} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """`SHA256:…`, as `ssh-keygen -l` prints it."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest()).decode()
        return f"SHA256:{digest.rstrip('=')}"


def read_public(text: str) -> PublicKey:
    """The key of a line `TYPE BASE64`; a comment after it is dropped. Raises UserError with the reason."""
    try:
        return _of_line(text)
    except UnfitKeyError as error:
        raise UserError(
            f"this key cannot sign approvals: {error}",
            "Give the line of a .pub file: ed25519, a hardware key (sk-), ECDSA, or RSA of 3072 bits or more. "
            "`ssh-keygen -t ed25519` makes one.",
        ) from error


def fingerprint_of(text: str) -> str:
    """The fingerprint of a key in the settings; empty for one that is not accepted, and so never signed anything."""
    try:
        return _of_line(text).fingerprint
    except UnfitKeyError:
        return ""


@lru_cache(maxsize=4096)
def of_blob(blob: bytes) -> PublicKey:
    """The key in wire format; raises UnfitKeyError. Kept, because one key signs many statements."""
    reader = Reader(blob)
    try:
        kind = reader.text()
        if kind not in KINDS:
            raise UnfitKeyError(f"keys of the kind {kind[:60]} are not accepted")
        _CHECKS[kind](kind, reader)
        reader.end()
    except WireError as error:
        raise UnfitKeyError(f"the key is malformed, {error}") from error
    return PublicKey(kind, blob)


def _of_line(text: str) -> PublicKey:
    if "PRIVATE KEY" in text:
        raise UnfitKeyError("it is a private key, which must stay with its owner")
    found = _LINE.fullmatch(text.strip(" \t\r\n")) if len(text) <= _LONGEST else None
    if not found:
        raise UnfitKeyError("it is not one line with a type and a key")
    kind, encoded = found.groups()
    if kind not in KINDS:
        raise UnfitKeyError(f"keys of the kind {kind[:60]} are not accepted")
    try:
        blob = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnfitKeyError("what follows the type is not base64") from error
    if base64.b64encode(blob).decode() != encoded:
        raise UnfitKeyError("its base64 has stray bits at the end")
    key = of_blob(blob)
    if key.kind != kind:
        raise UnfitKeyError(f"the line says {kind}, the key itself says {key.kind}")
    return key


def _check_ed25519(kind: str, reader: Reader) -> None:
    point = reader.string()
    if len(point) != 32 or not _can_hold_a_secret(point):
        raise UnfitKeyError("its point is not one that a private key can belong to")
    if kind == ED25519_SK:
        _check_application(reader)


def _can_hold_a_secret(point: bytes) -> bool:
    """Whether an Ed25519 point is on the curve, canonical, and not of small order.

    A key of small order fits signatures that anybody can make: whoever registered one could disown every approval.
    Libraries accept them. The order divides 8 exactly where x = 0, y = 0 or x² = -y².
    """
    y = int.from_bytes(point, "little") & (2**255 - 1)
    if y >= _P:
        return False
    y_square = y * y % _P
    x_square = (y_square - 1) * pow(_D * y_square + 1, -1, _P) % _P
    small = x_square == 0 or y == 0 or (x_square + y_square) % _P == 0
    return not small and pow(x_square, (_P - 1) // 2, _P) == 1


def _check_ecdsa(kind: str, reader: Reader) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    curves: dict[bytes, ec.EllipticCurve] = {
        b"nistp256": ec.SECP256R1(),
        b"nistp384": ec.SECP384R1(),
        b"nistp521": ec.SECP521R1(),
    }
    curve, size = ECDSA["ecdsa-sha2-nistp256" if kind == ECDSA_SK else kind]
    if reader.string() != curve:
        raise UnfitKeyError("its curve is not the one of its type")
    point = reader.string()
    if len(point) != 1 + 2 * size or point[0] != 4:
        raise UnfitKeyError("its point is not written in full")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(curves[curve], point)
    except ValueError as error:
        raise UnfitKeyError("its point is not on the curve") from error
    if kind == ECDSA_SK:
        _check_application(reader)


def _check_application(reader: Reader) -> None:
    # A security key signs for many: the application keeps what it signs for SSH apart from web log-ins.
    if not reader.text().startswith("ssh:"):
        raise UnfitKeyError("the security key made it for something other than SSH")


def _check_rsa(_kind: str, reader: Reader) -> None:
    exponent, modulus = reader.positive(), reader.positive()
    bits = modulus.bit_length()
    if bits < _SMALLEST_RSA:
        raise UnfitKeyError(f"RSA with {bits} bits is too short, {_SMALLEST_RSA} is the least")
    if bits > _LARGEST_RSA or modulus % 2 == 0:
        raise UnfitKeyError("its RSA modulus is not one that a library accepts")
    if exponent < _SMALLEST_EXPONENT or exponent % 2 == 0 or exponent.bit_length() > 64:
        raise UnfitKeyError("its RSA exponent is weak")


_CHECKS: Final[dict[str, Callable[[str, Reader], None]]] = {
    ED25519: _check_ed25519,
    ED25519_SK: _check_ed25519,
    **dict.fromkeys(ECDSA, _check_ecdsa),
    ECDSA_SK: _check_ecdsa,
    RSA: _check_rsa,
}
