"""Does a raw signature fit? One function for each kind of key; what OpenSSH lets pass in two spellings has one."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from smsrepo.ssh.keys import ECDSA_SK, ED25519, ED25519_SK, RSA, PublicKey
from smsrepo.ssh.ssh_wire import Reader, WireError

RSA_ALGORITHMS: Final = ("rsa-sha2-256", "rsa-sha2-512")
_USER_PRESENT = 0x01

# What was signed, the signature proper, its algorithm; raises InvalidSignature or WireError.
_Check = Callable[[bytes, bytes, str], None]


class SignatureError(ValueError):
    """A signature that does not hold; the text is the reason, in one plain sentence without its full stop."""


def algorithms(key: PublicKey) -> tuple[str, ...]:
    """The signature algorithms that count for a key: RSA never with SHA-1."""
    return RSA_ALGORITHMS if key.kind == RSA else (key.kind,)


def check(key: PublicKey, data: bytes, algorithm: str, raw: bytes) -> None:
    """Whether `raw`, as it follows the algorithm in a signature, signs `data`; raises SignatureError if not."""
    from cryptography.exceptions import InvalidSignature

    application, fits = _loaded(key)
    reader = Reader(raw)
    try:
        proper = reader.string()
        if application is not None:
            # PROTOCOL.u2f: the security key signs the digests together with its flags and its counter.
            flags, counter = reader.take(1), reader.take(4)
            if not flags[0] & _USER_PRESENT:
                raise SignatureError("the security key signed without being touched")
            data = application + flags + counter + hashlib.sha256(data).digest()
        reader.end()
        fits(data, proper, algorithm)
    except WireError as error:
        raise SignatureError(f"the signature is malformed: {error}") from error
    except InvalidSignature as error:
        raise SignatureError(
            "the signature does not fit: the content, or the signature, was changed after signing"
        ) from error


@lru_cache(maxsize=4096)
def _loaded(key: PublicKey) -> tuple[bytes | None, _Check]:
    """The digest of the application (None: not a security key) and the check, with the key loaded once."""
    reader = Reader(key.blob)
    reader.string()
    if key.kind == RSA:
        return None, _rsa(reader.positive(), reader.positive())
    point_or_curve = reader.string()
    edwards = key.kind in (ED25519, ED25519_SK)
    fits = _ed25519(point_or_curve) if edwards else _ecdsa(point_or_curve, reader.string())
    if key.kind in (ED25519_SK, ECDSA_SK):
        return hashlib.sha256(reader.string()).digest(), fits
    return None, fits


def _ed25519(point: bytes) -> _Check:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(point)

    def fits(data: bytes, proper: bytes, _algorithm: str) -> None:
        key.verify(proper, data)

    return fits


def _ecdsa(curve: bytes, point: bytes) -> _Check:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    curve_, digest = {
        b"nistp256": (ec.SECP256R1(), hashes.SHA256()),
        b"nistp384": (ec.SECP384R1(), hashes.SHA384()),
        b"nistp521": (ec.SECP521R1(), hashes.SHA512()),
    }[curve]
    key = ec.EllipticCurvePublicKey.from_encoded_point(curve_, point)
    algorithm_ = ec.ECDSA(digest)

    def fits(data: bytes, proper: bytes, _algorithm: str) -> None:
        reader = Reader(proper)
        r, s = reader.positive(), reader.positive()
        reader.end()
        key.verify(utils.encode_dss_signature(r, s), data, algorithm_)

    return fits


def _rsa(exponent: int, modulus: int) -> _Check:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    digests = dict(zip(RSA_ALGORITHMS, (hashes.SHA256(), hashes.SHA512()), strict=True))

    def fits(data: bytes, proper: bytes, algorithm: str) -> None:
        key.verify(proper, data, padding.PKCS1v15(), digests[algorithm])

    return fits
