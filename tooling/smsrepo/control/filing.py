"""Which file holds which document, and where readers find the revision in force."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from smsrepo.control.lineage import Version
from smsrepo.control.register import Standing
from smsrepo.control.versions import Versions
from smsrepo.model.history import Blob


class Filing(NamedTuple):
    """One state of the main branch: its files, and the documents in them."""

    tree: Mapping[str, Blob]
    versions: Versions

    def places(self, documents: Iterable[Standing]) -> dict[str, str]:
        """By id the path at which each document is shown: the file that holds it or, where the file of a document in
        force was deleted, a path that no other document has. Never the same path twice.
        """
        known = list(documents)
        found = {one.id: path for one in known if (path := self._file_of(one))}
        for one in known:
            if one.in_force and one.id not in found:
                found[one.id] = self._spare(one.in_force.version, set(found.values()))
        return found

    def _file_of(self, document: Standing) -> str:
        """Of several files with its id, the one with the bytes in force; else the one with the newest."""
        for revision in (document.in_force, document.latest):
            if revision:
                for path in (revision.version.path, *self.versions.paths(document.id)):
                    blob = self.tree.get(path)
                    if blob and blob.id == revision.version.blob:
                        return path
        first = self.versions.of_id(document.id)
        return first.path if first else ""

    def _spare(self, version: Version, taken: set[str]) -> str:
        """A file whose header cannot be read holds no document: what is in force may take its place."""
        folder, _, name = version.path.rpartition("/")
        ending = name.rpartition(".")[2]
        wished = (name, f"{version.id}.{ending}", f"{version.id}-{version.blob}.{ending}")
        paths = [f"{folder}/{name}" for name in wished]
        return next((path for path in paths if path not in taken and not self.versions.at(path)), paths[-1])
