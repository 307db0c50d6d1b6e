"""Management reviews in the order in which they were held."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo


def held(repo: Repo) -> list[tuple[date, Artefact]]:
    """All management reviews with the day on which they were held, oldest first."""
    dated = [(day, review) for review in repo.all("management-review") if (day := review.date("held_on"))]
    return sorted(dated, key=lambda pair: (pair[0], pair[1].id))


def successive(repo: Repo) -> Iterator[tuple[Artefact, Artefact]]:
    """Each management review but the first, with the one before it in front."""
    yield from pairwise(review for _, review in held(repo))


def evidence(review: Artefact, name: str) -> list[str]:
    """The ids that a review gives as evidence of an input."""
    return list(review.data.get("inputs", {}).get(name, {}).get("evidence", ()))
