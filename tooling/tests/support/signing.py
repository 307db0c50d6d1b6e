"""Signs in this process, as ssh-keygen would: thousands of approvals in a test cost no process each."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from smsrepo.ssh.keys import ED25519, of_blob
from smsrepo.ssh.ssh_wire import string
from smsrepo.ssh.sshsig import NAMESPACE, Signature, signed_data


@dataclass(frozen=True)
class SigningKey:
    """An ed25519 key that follows from a seed: the same in every run, hence the same signatures."""

    private: Ed25519PrivateKey

    @classmethod
    def new(cls, seed: bytes | str) -> "SigningKey":
        raw = seed.encode() if isinstance(seed, str) else seed
        return cls(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(raw).digest()))

    @property
    def blob(self) -> bytes:
        return string(ED25519.encode()) + string(self.private.public_key().public_bytes_raw())

    @property
    def public(self) -> str:
        """`TYPE BASE64`"""
        return f"{ED25519} {base64.b64encode(self.blob).decode()}"

    def sign(self, message: bytes, namespace: str = NAMESPACE, hash_: str = "sha512") -> bytes:
        """The .sig file."""
        raw = string(self.private.sign(signed_data(message, namespace, hash_)))
        return Signature(of_blob(self.blob), namespace, hash_, ED25519, raw).armored

    def write(self, path: Path) -> Path:
        """An OpenSSH private key file that ssh-keygen takes."""
        path.write_bytes(
            self.private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.OpenSSH,
                serialization.NoEncryption(),
            )
        )
        path.chmod(0o600)
        return path
