"""The words of the glossary, of agreed definitions and of roles, and where a text uses them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from smsrepo.control.settings import Settings
from smsrepo.load.markdown import slugify
from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo
from smsrepo.site.text.distinct import distinct
from smsrepo.site.text.markup import attribute

PATH = "glossary.md"
_GLOSSARY, _DEFINITION = "GLO", "DEF"


class Term(NamedTuple):
    """A word with its meaning (plain text). `place` is where the site explains it, `source` what says so."""

    name: str
    meaning: str
    place: str = ""
    source: Artefact | None = None
    origin: str = ""

    @property
    def anchor(self) -> str:
        """The anchor on the page that explains it."""
        return self.place.partition("#")[2]


class Use(NamedTuple):
    """A term at a range of characters."""

    start: int
    end: int
    term: Term


def explained(page: str, label: str, term: Term) -> str:
    """A word of a text on a page, as a link to the term; what it means is the title."""
    meaning = attribute(" ".join(term.meaning.split()))
    return f'[{label}]({"../" * page.count("/")}{term.place} "{meaning}"){{ .sms-term }}'


@dataclass(frozen=True, eq=False)
class Glossary:
    """All terms in use. Where several sources explain a word, what was agreed with customers counts first."""

    repo: Repo
    settings: Settings

    @cached_property
    def entries(self) -> tuple[Term, ...]:
        """What the glossary and the agreed definitions say, in alphabetical order; a word may have two."""
        found = sorted(self._entries(), key=lambda term: term.name.lower())
        # C, C++ and C# have the same letters, and each is a word of its own.
        anchors = distinct({term.name.lower(): f"term-{slugify(term.name)}" for term in found})
        return tuple(term._replace(place=f"{PATH}#{anchors[term.name.lower()]}") for term in found)

    @cached_property
    def sources(self) -> frozenset[str]:
        """The paths of the files that explain terms."""
        return frozenset(term.source.path for term in self.entries if term.source)

    def uses(self, text: str) -> Iterator[Use]:
        """Every term in a text, in the singular or the plural, in capitals or not; of two the longer one."""
        if self._pattern:
            for found in self._pattern.finditer(text):
                if term := self._by_word.get(found[0].lower()):
                    yield Use(found.start(), found.end(), term)

    @cached_property
    def _by_word(self) -> Mapping[str, Term]:
        roles = (Term(r.name, r.purpose, f"roles.md#{r.id}") for r in self.settings.roles.values())
        found: dict[str, Term] = {}
        for term in (*roles, *self.entries):
            for word in _forms(term.name.lower()):
                found[word] = term
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._by_word:
            return None
        return re.compile(rf"(?<![\w/.-]){_any_of(self._by_word)}(?![\w/-])", re.IGNORECASE)

    def _entries(self) -> Iterator[Term]:
        for artefact in self._of(_GLOSSARY):
            for entry in artefact.entries("terms"):
                name, meaning = str(entry.get("term", "")), str(entry.get("definition", ""))
                yield Term(name, meaning, source=artefact, origin=str(entry.get("source", "")))
        for artefact in self._of(_DEFINITION):
            yield Term(artefact.title, str(artefact.data.get("definition", "")), source=artefact)

    def _of(self, code: str) -> list[Artefact]:
        """What counts of the types with a code: drafts explain nothing yet."""
        return [a for a in self.repo.artefacts if a.type.code == code and a.active and a.fits]


def _any_of(words: Iterable[str]) -> str:
    """A pattern that takes the longest of some words. It branches letter by letter: six times as fast as a list."""
    ends = False
    rest: dict[str, list[str]] = {}
    for word in words:
        if word:
            rest.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    branches = "|".join(re.escape(first) + _any_of(others) for first, others in sorted(rest.items()))
    return f"(?:{branches}){'?' if ends else ''}" if branches else ""


def _forms(word: str) -> Iterator[str]:
    """The word in the singular and the plural."""
    yield word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        yield f"{word[:-1]}ies"
    elif word.endswith(("s", "x", "ch", "sh")):
        yield f"{word}es"
    else:
        yield f"{word}s"
