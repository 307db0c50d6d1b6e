"""The kinds of evidence that a requirement names: where each one comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from smsrepo.conformity.coverage import GENERATED
from smsrepo.conformity.ledger import Ledger
from smsrepo.model.artefact_type import ArtefactType, Condition
from smsrepo.model.repo import Repo

_ALL = {"DOC-BASE": "any controlled document", "REC-BASE": "any record"}
_COMPUTED = {
    "DRG": "computed by sms register",
    "APV": "read from the history of approvals",
    "DRV": "read from the history of reviews",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: the types that hold it (all of a type, or what meets the conditions), the settings files, or
    how it is computed. With none of these, this SMS has no place for it.
    """

    code: str
    name: str
    types: tuple[tuple[ArtefactType, tuple[Condition, ...]], ...]
    settings: tuple[str, ...]
    computed: str


def kinds(repo: Repo, ledger: Ledger, codes: Sequence[str]) -> list[Kind]:
    """The kinds of evidence behind codes; a type whose own code it is comes first."""
    return [
        Kind(
            code,
            ledger.kinds.get(code, _ALL.get(code, code)),
            tuple(_types(repo, code)),
            tuple(setting.file for setting in repo.setting_types if code in setting.codes),
            (_COMPUTED[code] if code in GENERATED else "") or _ALL.get(code, ""),
        )
        for code in codes
    ]


def _types(repo: Repo, code: str) -> list[tuple[ArtefactType, tuple[Condition, ...]]]:
    found = [(t, kind.where) for t in repo.types.values() for kind in t.kinds if kind.code == code]
    return sorted(found, key=lambda way: way[0].code != code)
