"""What several rules ask of the priority matrix."""

from collections.abc import Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo


def matrix(repo: Repo) -> Artefact | None:
    """The priority matrix that applies; None while there is none."""
    return next(iter(repo.issued("priority-matrix")), None)


def cells(found: Artefact) -> Mapping[tuple[str, str], int]:
    """Priority by impact and urgency; a cell that is not filled in whole is left out."""
    return {
        (cell["impact"], cell["urgency"]): cell["priority"]
        for cell in found.data.get("cells", ())
        if {"impact", "urgency", "priority"} <= set(cell)
    }


def work_of(found: Artefact | None) -> Mapping[int, Mapping[str, Any]]:
    """What each priority means for the work."""
    entries = found.data.get("priorities", ()) if found else ()
    return {entry["priority"]: entry for entry in entries if "priority" in entry}
