"""Baselines as text and JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from smsrepo.control.baseline import Baseline, InForce
from smsrepo.export.columns import columns
from smsrepo.model.words import count


def text(baseline: Baseline) -> str:
    """Where it stands, and a table of the revisions in force."""
    heads = ("Id", "Revision", "Effective since", "Approved by", "Digest")
    rows = [
        [one.id, one.revision, one.since or "before control began", _by(one), one.digest]
        for one in baseline.documents
    ]
    return "\n".join(
        [
            f"Baseline {baseline.name}: commit {baseline.commit}, as of {baseline.day}", "",
            *columns(heads, rows), "", summary(baseline) + ".", "",
        ]
    )  # fmt: skip


def listing(baselines: Iterable[Baseline]) -> str:
    """A table, oldest first."""
    ordered = sorted(baselines, key=lambda one: (one.day, one.name))
    rows = [[one.name, str(one.day), one.commit[:10], summary(one)] for one in ordered]
    return "\n".join([*columns(("Name", "As of", "Commit", "Documents"), rows), ""]) if rows else ""


def as_json(baselines: Iterable[Baseline]) -> str:
    """A list of objects; days as YYYY-MM-DD, "" for a day before control began."""
    found = [{**asdict(one), "day": str(one.day)} for one in baselines]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def summary(baseline: Baseline) -> str:
    """ "298 documents in force, 3 of them taken over; 1 obsolete, 2 not yet in force"."""
    taken = f", {baseline.taken_over} of them taken over" if baseline.taken_over else ""
    others = (f"{baseline.obsolete} obsolete", f"{baseline.pending} not yet in force")
    return f"{count(len(baseline.documents), 'document')} in force{taken}; {', '.join(others)}"


def _by(document: InForce) -> str:
    names = ", ".join(f"{one.person} ({one.role})" for one in document.approved_by)
    return names or ("taken over" if document.taken_over else "")
