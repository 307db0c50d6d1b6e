"""Which public keys can sign approvals, and what is said of those that cannot."""

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from support.signing import SigningKey

from smsrepo.errors import UserError
from smsrepo.ssh.keys import PublicKey, UnfitKeyError, of_blob, read_public
from smsrepo.ssh.ssh_wire import string

ANNA = SigningKey.new("anna")
POINT = ANNA.private.public_key().public_bytes_raw()
P = 2**255 - 19
# The eight points of small order; the last two stand for four, their sign bit set or not.
SMALL_ORDER = [
    (1).to_bytes(32, "little"),
    (P - 1).to_bytes(32, "little"),
    bytes(32),
    bytes(31) + b"\x80",
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"),
]


def line(kind: str, *fields: bytes, inside: str | None = None, after: bytes = b"") -> str:
    blob = b"".join(string(field) for field in ((inside or kind).encode(), *fields)) + after
    return f"{kind} {base64.b64encode(blob).decode()}"


def mpint(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1)


def rsa_line(exponent: int, modulus: int) -> str:
    return line("ssh-rsa", mpint(exponent), mpint(modulus))


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("ed25519",), "ssh-ed25519"),
        (("ecdsa", "-b", "256"), "ecdsa-sha2-nistp256"),
        (("ecdsa", "-b", "384"), "ecdsa-sha2-nistp384"),
        (("ecdsa", "-b", "521"), "ecdsa-sha2-nistp521"),
        (("rsa", "-b", "3072"), "ssh-rsa"),
    ],
)
def test_reads_the_keys_of_ssh_keygen(arguments: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-N", "", "-C", "Anna Nowak", "-f", file, "-t", *arguments], check=True
    )
    text = file.with_suffix(".pub").read_text()
    key = read_public(text)
    assert key.kind == kind
    assert f"{key.line} Anna Nowak\n" == text
    listed = subprocess.run(
        ["ssh-keygen", "-l", "-f", file], capture_output=True, text=True, check=True
    ).stdout
    assert listed.split()[1] == key.fingerprint


EC_POINT = ec.derive_private_key(7, ec.SECP256R1()).public_key().public_bytes(
    serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"  {ANNA.public}\r\n",
        f"{ANNA.public}\ta comment, of words",
        line("sk-ssh-ed25519@openssh.com", POINT, b"ssh:"),
        line("sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", EC_POINT, b"ssh:smsrepo"),
        rsa_line(65537, 2**3071 + 1),
    ],
)
def test_accepts(text: str) -> None:
    assert isinstance(read_public(text), PublicKey)


ENCODED = ANNA.public.split()[1]
BAD = {
    "empty": ("", "not one line"),
    "one word": (ENCODED, "not one line"),
    "two lines": (f"{ANNA.public}\n{ANNA.public}", "not one line"),
    "options before it": (f'no-pty {ANNA.public}', "kind no-pty"),
    "far too long": (ANNA.public + " " * 20_000 + "x", "not one line"),
    "a private key": ("-----BEGIN OPENSSH PRIVATE KEY-----\n", "private key"),
    "dss": (line("ssh-dss", b"1"), "kind ssh-dss"),
    "a certificate": (line("ssh-ed25519-cert-v01@openssh.com", b"n", POINT), "kind ssh-ed25519-cert"),
    "not base64": ("ssh-ed25519 AAAA*", "not base64"),
    "not ASCII": ("ssh-ed25519 ÄÖÜ=", "not base64"),
    "stray bits in base64": (line("ssh-ed25519", POINT, after=b"\0")[:-2] + "B=", "stray bits"),
    "cut short": (f"ssh-ed25519 {ENCODED[:-4]}", "ends too early"),
    "something after it": (line("ssh-ed25519", POINT, after=b"\0"), "something follows"),
    "another type inside": (line("ssh-rsa", POINT, inside="ssh-ed25519"), "the key itself says ssh-ed25519"),
    "an unknown type inside": (line("ssh-ed25519", POINT, inside="ssh-dss"), "kind ssh-dss"),
    "ed25519, too short": (line("ssh-ed25519", POINT[1:]), "point"),
    "ed25519, not canonical": (line("ssh-ed25519", (P + 3).to_bytes(32, "little")), "point"),
    "ed25519, not on the curve": (line("ssh-ed25519", (2).to_bytes(32, "little")), "point"),
    "sk for the web": (line("sk-ssh-ed25519@openssh.com", POINT, b"https://a.example"), "other than SSH"),
    "sk without application": (line("sk-ssh-ed25519@openssh.com", POINT), "ends too early"),
    "ecdsa, another curve": (line("ecdsa-sha2-nistp384", b"nistp256", EC_POINT), "its curve"),
    "ecdsa, compressed": (line("ecdsa-sha2-nistp256", b"nistp256", b"\x02" + EC_POINT[1:33]), "in full"),
    "ecdsa, off the curve": (
        line("ecdsa-sha2-nistp256", b"nistp256", EC_POINT[:-1] + bytes([EC_POINT[-1] ^ 1])),
        "on the curve",
    ),
    "ecdsa, hybrid": (line("ecdsa-sha2-nistp256", b"nistp256", b"\x06" + EC_POINT[1:]), "in full"),
    "ecdsa, infinity": (line("ecdsa-sha2-nistp256", b"nistp256", b"\0"), "in full"),
    "rsa, 2048 bits": (rsa_line(65537, 2**2047 + 1), "2048 bits is too short"),
    "rsa, 3071 bits": (rsa_line(65537, 2**3070 + 1), "3071 bits is too short"),
    "rsa, 16385 bits": (rsa_line(65537, 2**16384 + 1), "modulus"),
    "rsa, even": (rsa_line(65537, 2**3071), "modulus"),
    "rsa, exponent 3": (rsa_line(3, 2**3071 + 1), "exponent is weak"),
    "rsa, exponent 1": (rsa_line(1, 2**3071 + 1), "exponent is weak"),
    "rsa, even exponent": (rsa_line(65538, 2**3071 + 1), "exponent is weak"),
    "rsa, huge exponent": (rsa_line(2**100 + 1, 2**3071 + 1), "exponent is weak"),
    "rsa, needless zero": (line("ssh-rsa", mpint(65537), b"\0" + mpint(2**3071 + 1)), "shortest form"),
    "rsa, negative": (line("ssh-rsa", mpint(65537), mpint(2**3071 + 1)[1:]), "shortest form"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_refuses(name: str) -> None:
    text, reason = BAD[name]
    with pytest.raises(UserError, match=reason) as refused:
        read_public(text)
    assert refused.value.hint


@pytest.mark.parametrize("point", SMALL_ORDER, ids=bytes.hex)
def test_refuses_a_key_that_anybody_could_sign_with(point: bytes) -> None:
    with pytest.raises(UserError, match="its point"):
        read_public(line("ssh-ed25519", point))


def test_the_library_accepts_a_forgery_under_a_key_of_small_order() -> None:
    identity = (1).to_bytes(32, "little")
    key, forged = Ed25519PublicKey.from_public_bytes(identity), identity + bytes(32)
    try:
        key.verify(forged, b"whatever")
    except InvalidSignature:
        pytest.fail("the library refuses such keys by now: our own check can go")


def test_the_curve_check_agrees_with_keys_that_exist() -> None:
    for number in range(200):
        made = SigningKey.new(f"person {number}")
        assert read_public(made.public).blob == made.blob


def test_a_large_real_rsa_key_is_read() -> None:
    numbers = rsa.generate_private_key(65537, 3072).public_key().public_numbers()
    assert read_public(rsa_line(numbers.e, numbers.n)).kind == "ssh-rsa"


@given(st.binary(max_size=200))
def test_bytes_are_a_key_or_refused(blob: bytes) -> None:
    with pytest.raises(UnfitKeyError):
        of_blob(blob)


@given(st.text(max_size=200))
def test_text_is_a_key_or_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_public(text)
