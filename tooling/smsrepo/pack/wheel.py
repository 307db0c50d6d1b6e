"""The wheel of the running smsrepo, so that a repository can be checked years later without a registry."""

import base64
import hashlib
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import smsrepo
from smsrepo.errors import CannotRunError
from smsrepo.pack.contents import is_checkout, pack_files, pack_root

_NOT_OURS = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"})
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made


def write_wheel(folder: Path) -> Path:
    """Write the wheel into a folder and return its path; the same installation gives the same bytes."""
    try:
        found = distribution("smsrepo")
    except PackageNotFoundError as error:
        raise CannotRunError(
            "smsrepo is not installed, so it cannot pack itself", "Install it: pip install smsrepo."
        ) from error
    members = dict(sorted([*_package(), *_metadata(found)]))
    info = f"smsrepo-{found.version}.dist-info"
    record = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in members.items()]
    members[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    path = folder / f"smsrepo-{found.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return path


def _package() -> Iterator[tuple[str, bytes]]:
    package = Path(smsrepo.__file__).parent
    for file in package.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield f"smsrepo/{file.relative_to(package).as_posix()}", file.read_bytes()
    if is_checkout():
        for path in pack_files(example=True, manifest=True):
            yield f"smsrepo/pack/bundled/{path}", (pack_root() / path).read_bytes()


def _metadata(found: Distribution) -> Iterator[tuple[str, bytes]]:
    for file in found.files or ():
        folder, _, name = file.as_posix().partition("/")
        if folder.endswith(".dist-info") and name not in _NOT_OURS:
            yield file.as_posix(), Path(str(file.locate())).read_bytes()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
