"""The glossary as a page: every word with its meaning, what says so, and which documents use it."""

from collections.abc import Iterator
from itertools import groupby

from smsrepo.load.markdown import slugify
from smsrepo.model.artefact import Artefact
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.state import is_published
from smsrepo.site.text.distinct import distinct
from smsrepo.site.text.glossary_terms import PATH, Term
from smsrepo.site.text.markup import blocks, plain, rest, small
from smsrepo.site.text.prose import publish

_TITLE = "Glossary"
_SHOWN = 8


def glossary_pages(publication: Publication) -> Iterator[Page]:
    """The page; none in an SMS that explains no word."""
    if not has_glossary(publication):
        return
    used = _used(publication)
    words = [
        (name, list(terms))
        for name, terms in groupby(publication.glossary.entries, key=lambda term: term.name.lower())
    ]
    letters = {first: list(some) for first, some in groupby(words, key=lambda word: word[0][:1].upper())}
    anchors = distinct({letter: f"letter-{slugify(letter)}" for letter in letters})
    parts = [
        blocks(
            f"## {plain(letter)} {{#{anchors[letter]}}}",
            *(_word(publication, terms, used.get(name, [])) for name, terms in some),
        )
        for letter, some in letters.items()
    ]
    jump = " ".join(f"[{plain(letter)}](#{anchors[letter]})" for letter in letters)
    text = blocks(
        f"# {_TITLE}",
        "The words of the management system. Documents explain them where they first use them: point at a word with "
        "dots below it, or go to it with the keyboard.",
        f'<p class="sms-letters" markdown="span">{jump}</p>',
        *parts,
    )
    yield Page(PATH, _TITLE, text, contents=False)


def has_glossary(publication: Publication) -> bool:
    """Whether there is a word to explain."""
    return bool(publication.glossary.entries)


def _used(publication: Publication) -> dict[str, list[Artefact]]:
    """The documents in force that use each word, by the word in small letters."""
    found: dict[str, list[Artefact]] = {}
    for artefact in sorted(publication.repo.artefacts, key=lambda a: a.id):
        if artefact.type.kind == "document" and is_published(artefact):
            names = {use.term.name.lower() for use in publication.glossary.uses(artefact.body)}
            for name in names if artefact.path not in publication.glossary.sources else ():
                found.setdefault(name, []).append(artefact)
    return found


def _word(publication: Publication, terms: list[Term], used: list[Artefact]) -> str:
    return blocks(
        f"### {plain(terms[0].name)} {{#{terms[0].anchor}}}",
        *(_meaning(publication, term) for term in terms),
        _users(publication, used),
    )


def _meaning(publication: Publication, term: Term) -> str:
    source = term.source
    if source is None:
        return plain(term.meaning)
    meaning = publish(publication, term.meaning, source.path, PATH, top=6)
    agreed = source.type.title if source.type.code != "GLO" else ""
    said = f"{plain(agreed)}: {publication.artefact(PATH, source)}" if agreed else ""
    origin = f"From {plain(term.origin)}" if term.origin else ""
    told = ". ".join(part for part in (said, origin) if part)
    return blocks(meaning, small(told) if told else "")


def _users(publication: Publication, used: list[Artefact]) -> str:
    if not used:
        return ""
    ids = ", ".join(publication.artefact(PATH, a, plain(a.id)) for a in used[:_SHOWN])
    return small(f"Used in {ids} {rest(len(used), _SHOWN)}".rstrip())
