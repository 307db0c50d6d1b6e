"""A heading alone says nothing."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("empty-section", severity=ERROR)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A required section of an issued document has hardly any text."""
    for document in repo.artefacts:
        if document.status != "issued" or not document.type.sections:
            continue
        words = words_by_section(document)
        for section in document.type.sections:
            line, count = words.get(section.id, (0, section.min_words))
            if count < section.min_words:
                found = f"{count} word{'' if count == 1 else 's'}"
                message = (
                    f"the section “{section.title}” has {found}; expected are at least {section.min_words}"
                )
                yield document.flaw_at(line, 1, message, section.help, section.requirements)


def words_by_section(document: Artefact) -> dict[str, tuple[int, int]]:
    """(line, words including sub-sections) of each section by its anchor."""
    found = {}
    for index, heading in enumerate(document.headings):
        words = heading.words
        for below in document.headings[index + 1 :]:
            if below.level <= heading.level:
                break
            words += below.words
        found[heading.anchor] = (heading.line, words)
    return found
