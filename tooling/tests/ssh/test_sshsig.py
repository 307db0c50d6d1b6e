"""SSH signatures: our verdict beside that of ssh-keygen, for every kind of key and every way to spoil a signature."""

import base64
import hashlib
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from support.signing import SigningKey

from smsrepo.ssh.keys import ECDSA_SK, ED25519_SK, PublicKey, of_blob, read_public
from smsrepo.ssh.ssh_wire import string
from smsrepo.ssh.sshsig import NAMESPACE, Signature, SignatureError, parse, signed_data, verify

MESSAGE = "schema: sms-approval/1\nname: Åsa Øvergård\n".encode()
ANNA = SigningKey.new("anna")
ANNAS = ANNA.sign(MESSAGE)
BLOB = base64.b64decode(ANNAS.split(b"-----")[2])


def mpint(number: int) -> bytes:
    return string(number.to_bytes(number.bit_length() // 8 + 1))


@dataclass(frozen=True)
class Signer:
    """A key and how it signs: message, namespace, hash -> the .sig file."""

    key: PublicKey
    sign: Callable[[bytes, str, str], bytes]


def from_ssh_keygen(folder: Path, *arguments: str) -> Signer:
    file = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-N", "", "-C", "", "-f", file, "-t", *arguments], check=True)

    def sign(message: bytes, namespace: str, hash_: str) -> bytes:
        command: list[str | Path] = [
            "ssh-keygen",
            "-q",
            "-Y",
            "sign",
            "-f",
            file,
            "-n",
            namespace,
            f"-Ohashalg={hash_}",
        ]
        return subprocess.run(command, input=message, capture_output=True, check=True).stdout

    return Signer(read_public(file.with_suffix(".pub").read_text()), sign)


def security_key(kind: str, seed: int, flags: int = 1) -> Signer:
    """What a security key would do, in software (PROTOCOL.u2f)."""
    raw_sign: Callable[[bytes], bytes]
    if kind == ED25519_SK:
        edwards = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        fields, raw_sign = string(edwards.public_key().public_bytes_raw()), edwards.sign
    else:
        private = ec.derive_private_key(seed + 1, ec.SECP256R1())
        point = private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        fields = string(b"nistp256") + string(point)

        def raw_sign(data: bytes) -> bytes:
            r, s = utils.decode_dss_signature(private.sign(data, ec.ECDSA(hashes.SHA256())))
            return mpint(r) + mpint(s)

    key = of_blob(string(kind.encode()) + fields + string(b"ssh:"))

    def sign(message: bytes, namespace: str, hash_: str) -> bytes:
        touched = bytes([flags]) + (4711).to_bytes(4)
        digest = hashlib.sha256(signed_data(message, namespace, hash_)).digest()
        proper = string(raw_sign(hashlib.sha256(b"ssh:").digest() + touched + digest))
        return Signature(key, namespace, hash_, kind, proper + touched).armored

    return Signer(key, sign)


KINDS = {
    "ed25519": ("ed25519",),
    "ecdsa-256": ("ecdsa", "-b", "256"),
    "ecdsa-384": ("ecdsa", "-b", "384"),
    "ecdsa-521": ("ecdsa", "-b", "521"),
    "rsa-3072": ("rsa", "-b", "3072"),
    "rsa-4096": ("rsa", "-b", "4096"),
    "sk-ed25519": (ED25519_SK,),
    "sk-ecdsa": (ECDSA_SK,),
}


@pytest.fixture(scope="module", params=KINDS)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Signer]]:
    """Two signers of one kind."""
    arguments = KINDS[request.param]
    if request.param.startswith("sk-"):
        yield [security_key(arguments[0], seed) for seed in (1, 2)]
    else:
        yield [from_ssh_keygen(tmp_path_factory.mktemp("keys"), *arguments) for _ in range(2)]


@pytest.fixture(scope="module")
def signed(pair: list[Signer]) -> bytes:
    """A good signature of the first signer: made once, as ECDSA never makes the same twice."""
    return pair[0].sign(MESSAGE, NAMESPACE, "sha512")


def ours(armored: bytes, message: bytes = MESSAGE, namespace: str = NAMESPACE) -> str | None:
    """The fingerprint of the key that signed; None where we refuse."""
    try:
        return verify(message, armored, namespace).fingerprint
    except SignatureError:
        return None


@pytest.fixture
def theirs(tmp_path: Path) -> Callable[..., str | None]:
    """The same from ssh-keygen, where every key given may sign as Anna."""

    def ask(
        armored: bytes, *keys: PublicKey, message: bytes = MESSAGE, namespace: str = NAMESPACE
    ) -> str | None:
        signers, signature = tmp_path / "signers", tmp_path / "sig"
        signers.write_text("".join(f"anna {key.line}\n" for key in keys))
        signature.write_bytes(armored)
        command: list[str | Path] = [
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            signers,
            "-I",
            "anna",
            "-n",
            namespace,
            "-s",
            signature,
        ]
        done = subprocess.run(command, input=message, capture_output=True, check=False)
        return done.stdout.decode().split()[-1] if done.returncode == 0 else None

    return ask


@pytest.mark.parametrize("hash_", ["sha256", "sha512"])
def test_both_accept_what_is_good(pair: list[Signer], hash_: str, theirs: Callable[..., str | None]) -> None:
    signer = pair[0]
    good = signer.sign(MESSAGE, NAMESPACE, hash_)
    assert ours(good) == theirs(good, signer.key) == signer.key.fingerprint
    signature = parse(good)
    assert (signature.key, signature.hash, signature.armored) == (signer.key, hash_, good)


def test_both_refuse_what_is_spoiled(pair: list[Signer], theirs: Callable[..., str | None]) -> None:
    signer, other = pair
    keys = [one.key for one in pair]
    good = signer.sign(MESSAGE, NAMESPACE, "sha512")
    elsewhere = signer.sign(MESSAGE, "git", "sha512")
    for armored, message, namespace in [
        (good, MESSAGE + b"\n", NAMESPACE),
        (good, b"", NAMESPACE),
        (elsewhere, MESSAGE, NAMESPACE),
        (replace(parse(elsewhere), namespace=NAMESPACE).armored, MESSAGE, NAMESPACE),
        (replace(parse(good), hash="sha256").armored, MESSAGE, NAMESPACE),
        (replace(parse(good), hash="sha1").armored, MESSAGE, NAMESPACE),
        (replace(parse(good), key=other.key).armored, MESSAGE, NAMESPACE),
        (replace(parse(good), raw=parse(good).raw[:-1]).armored, MESSAGE, NAMESPACE),
        (replace(parse(good), raw=parse(good).raw + b"\0").armored, MESSAGE, NAMESPACE),
        (good[: len(good) // 2], MESSAGE, NAMESPACE),
        (good.replace(b"\n", b"\r\n"), MESSAGE, NAMESPACE),
        (b"\n" + good, MESSAGE, NAMESPACE),
        (b"", MESSAGE, NAMESPACE),
    ]:
        assert ours(armored, message, namespace) is None, armored
        assert theirs(armored, *keys, message=message, namespace=namespace) is None, armored


def spoiled(at: int, new: bytes, old: int = 1) -> bytes:
    """Anna's signature with some bytes of its blob replaced."""
    text = base64.b64encode(BLOB[:at] + new + BLOB[at + old :])
    lines = b"".join(text[i : i + 70] + b"\n" for i in range(0, len(text), 70))
    return b"-----BEGIN SSH SIGNATURE-----\n" + lines + b"-----END SSH SIGNATURE-----\n"


# Where the reserved field begins in the blob: magic, version, key, namespace come before it.
RESERVED = 6 + 4 + 4 + 51 + 4 + len(NAMESPACE)
LENIENT = {
    "text after the block": ANNAS + b"more\n",
    "a second block": ANNAS + ANNAS,
    "no newline at the end": ANNAS[:-1],
    "a space in a line": ANNAS[:50] + b" " + ANNAS[50:],
    "an empty line": ANNAS.replace(b"\n", b"\n\n", 2).replace(b"\n\n", b"\n", 1),
    "longer lines": b"-----BEGIN SSH SIGNATURE-----\n" + ANNAS[30:-28].replace(b"\n", b"") + ANNAS[-29:],
    "version 0": spoiled(9, b"\0"),
    "a reserved field with text": spoiled(RESERVED, string(b"x"), 4),
    "a security key not touched": security_key(ED25519_SK, 3, flags=4).sign(MESSAGE, NAMESPACE, "sha512"),
}


@pytest.mark.parametrize("name", LENIENT)
def test_we_are_stricter_than_ssh_keygen(name: str, theirs: Callable[..., str | None]) -> None:
    untouched = security_key(ED25519_SK, 3).key
    assert theirs(LENIENT[name], read_public(ANNA.public), untouched)
    assert ours(LENIENT[name]) is None


RSA_KEY = rsa.generate_private_key(65537, 3072)


def rsa_signature(algorithm: str, digest: hashes.HashAlgorithm, message: bytes = MESSAGE) -> Signature:
    numbers = RSA_KEY.public_key().public_numbers()
    key = of_blob(string(b"ssh-rsa") + mpint(numbers.e) + mpint(numbers.n))
    proper = RSA_KEY.sign(signed_data(message, NAMESPACE, "sha512"), padding.PKCS1v15(), digest)
    return Signature(key, NAMESPACE, "sha512", algorithm, string(proper))


@pytest.mark.parametrize(
    ("algorithm", "digest", "good"),
    [
        ("rsa-sha2-256", hashes.SHA256(), True),
        ("rsa-sha2-512", hashes.SHA512(), True),
        ("ssh-rsa", hashes.SHA1(), False),  # noqa: S303 - that it is weak is the point
        ("rsa-sha2-256", hashes.SHA512(), False),
        ("ssh-ed25519", hashes.SHA512(), False),
    ],
)
def test_rsa_never_with_sha1(
    algorithm: str, digest: hashes.HashAlgorithm, good: bool, theirs: Callable[..., str | None]
) -> None:
    signature = rsa_signature(algorithm, digest)
    expected = signature.key.fingerprint if good else None
    assert ours(signature.armored) == theirs(signature.armored, signature.key) == expected


def test_an_rsa_signature_keeps_its_leading_zeros(theirs: Callable[..., str | None]) -> None:
    messages = (str(number).encode() for number in range(100_000))
    full, message = next(
        (made, message)
        for message in messages
        if (made := rsa_signature("rsa-sha2-512", hashes.SHA512(), message)).raw[4] == 0
    )
    short = replace(full, raw=string(full.raw[5:]))
    assert theirs(short.armored, full.key, message=message) == full.key.fingerprint
    assert ours(full.armored, message) == full.key.fingerprint
    assert ours(short.armored, message) is None


def test_the_mirror_image_of_an_ecdsa_signature_signs_nothing_else(theirs: Callable[..., str | None]) -> None:
    signer = security_key(ECDSA_SK, 1)
    signature = parse(signer.sign(MESSAGE, NAMESPACE, "sha512"))
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    proper, touched = signature.raw[4:-5], signature.raw[-5:]
    r_end = 4 + int.from_bytes(proper[:4])
    s = int.from_bytes(proper[r_end + 4 :])
    mirrored = replace(signature, raw=string(proper[:r_end] + mpint(order - s)) + touched).armored
    assert ours(mirrored) == theirs(mirrored, signer.key) == signer.key.fingerprint
    assert ours(mirrored, MESSAGE + b".") is None


def test_an_ecdsa_signature_has_two_numbers_and_no_more(theirs: Callable[..., str | None]) -> None:
    signer = security_key(ECDSA_SK, 1)
    signature = parse(signer.sign(MESSAGE, NAMESPACE, "sha512"))
    longer = replace(signature, raw=string(signature.raw[4:-5] + b"\0") + signature.raw[-5:]).armored
    assert ours(longer) is theirs(longer, signer.key) is None


REASONS = {
    "nothing": (b"", "not an SSH signature"),
    "a PGP signature": (b"-----BEGIN PGP SIGNATURE-----\n", "not an SSH signature"),
    "other bytes in the armour": (spoiled(0, b"X"), "not an SSH signature"),
    "no base64": (b"-----BEGIN SSH SIGNATURE-----\nA\n-----END SSH SIGNATURE-----\n", "malformed"),
    "too long": (ANNAS + b"\n" * 20_000, "too long"),
    "CRLF": (ANNAS.replace(b"\n", b"\r\n"), "byte for byte"),
    "one line": (b"-----BEGIN SSH SIGNATURE-----", "malformed"),
    "more inside": (spoiled(len(BLOB), b"x", 0), "something follows"),
    "version 0": (spoiled(9, b"\0"), "of version 0"),
    "version 2": (spoiled(9, b"\2"), "of version 2"),
    "reserved": (spoiled(RESERVED, string(b"x"), 4), "reserved"),
    "namespace": (ANNA.sign(MESSAGE, "git"), "for another purpose \\('git'"),
    "odd namespace": (ANNA.sign(MESSAGE, "a\nb"), "odd characters"),
    "digest": (replace(parse(ANNAS), hash="md5").armored, "'md5' as its digest, which is weak"),
    "algorithm": (replace(parse(ANNAS), algorithm="ssh-rsa").armored, "'ssh-rsa', which is weak"),
    "short signature": (replace(parse(ANNAS), raw=string(b"x" * 63)).armored, "does not fit"),
    "content": (ANNA.sign(MESSAGE + b"x"), "changed after signing"),
    "key": (spoiled(18, b"ssh-ed25518", 11), "cannot sign approvals: keys of the kind ssh-ed25518"),
    "untouched": (LENIENT["a security key not touched"], "without being touched"),
}


@pytest.mark.parametrize("name", REASONS)
def test_the_reason_is_said(name: str) -> None:
    armored, reason = REASONS[name]
    with pytest.raises(SignatureError, match=reason) as refused:
        verify(MESSAGE, armored)
    assert "\n" not in str(refused.value)


def test_no_bit_of_a_signature_file_can_be_flipped_unnoticed() -> None:
    assert ours(ANNAS)
    for at, byte in enumerate(ANNAS):
        for bit in range(8):
            changed = ANNAS[:at] + bytes([byte ^ 1 << bit]) + ANNAS[at + 1 :]
            assert ours(changed) is None, (at, bit)


def test_no_byte_can_be_left_out_or_added_unnoticed() -> None:
    for at in range(len(ANNAS)):
        assert ours(ANNAS[:at]) is None
        assert ours(ANNAS[:at] + ANNAS[at + 1 :]) is None
        for extra in (b" ", b"\n", b"\r", b"A", b"=", b"\0"):
            assert ours(ANNAS[:at] + extra + ANNAS[at:]) is None, (at, extra)


@given(st.data())
def test_no_byte_can_be_changed_in_any_kind_of_signature(signed: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(signed) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda new: new != signed[at]))
    assert ours(signed[:at] + bytes([byte]) + signed[at + 1 :]) is None


@given(st.binary(max_size=300))
def test_bytes_are_refused_with_a_reason(blob: bytes) -> None:
    assert ours(blob) is None
    text = base64.b64encode(b"SSHSIG" + blob)
    assert ours(b"-----BEGIN SSH SIGNATURE-----\n" + text + b"\n-----END SSH SIGNATURE-----\n") is None


@pytest.mark.parametrize("message", [b"", b"x", MESSAGE, bytes(range(256)) * 500])
@pytest.mark.parametrize("hash_", ["sha256", "sha512"])
def test_tests_sign_as_ssh_keygen_does(message: bytes, hash_: str, tmp_path: Path) -> None:
    file = ANNA.write(tmp_path / "anna")
    command: list[str | Path] = [
        "ssh-keygen",
        "-q",
        "-Y",
        "sign",
        "-f",
        file,
        "-n",
        NAMESPACE,
        f"-Ohashalg={hash_}",
    ]
    theirs = subprocess.run(command, input=message, capture_output=True, check=True).stdout
    assert ANNA.sign(message, hash_=hash_) == theirs


def test_thousands_of_approvals_are_checked_in_a_second(
    record_property: Callable[[str, object], None],
) -> None:
    signed = [(message, ANNA.sign(message)) for message in (b"%d" % number for number in range(1000))]
    start = time.perf_counter()
    for message, armored in signed:
        verify(message, armored)
    each_second = len(signed) / (time.perf_counter() - start)
    record_property("verifications each second", round(each_second))
    assert each_second > 1000
