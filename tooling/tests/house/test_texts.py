"""The texts of the pack: long enough to say something, and each says its own."""

import re
from collections import Counter
from functools import cache

import pytest
from support.memory import ROOT

from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.model.artefact import Artefact

FEWEST_WORDS = 150
MOST_SHARED = 2
"""A sentence counts as shared when it stands in three documents."""


@cache
def _documents() -> tuple[Artefact, ...]:
    found = load(WorktreeSource(ROOT)).artefacts
    return tuple(one for one in found if one.type.kind == "document" and one.status != "obsolete")


def _sentences(document: Artefact) -> set[str]:
    prose = re.sub(r"<!--.*?-->|^\|.*$|^#.*$", "", document.body, flags=re.MULTILINE | re.DOTALL)
    parts = re.split(r"(?<=[.!?])\s+|\n\s*(?:[-*]|\d+\.)?\s*\n?", prose)
    plain = (re.sub(r"\W+", " ", part).strip().lower() for part in parts)
    return {part for part in plain if len(part.split()) >= 5}


@cache
def _shared() -> frozenset[str]:
    counted = Counter(sentence for document in _documents() for sentence in _sentences(document))
    return frozenset(sentence for sentence, times in counted.items() if times >= 3)


@pytest.mark.parametrize("document", _documents(), ids=lambda document: document.id)
def test_a_document_says_something_of_its_own(document: Artefact) -> None:
    assert len(re.sub(r"<!--.*?-->", "", document.body, flags=re.DOTALL).split()) >= FEWEST_WORDS
    shared = sorted(_sentences(document) & _shared())
    assert len(shared) <= MOST_SHARED, shared
