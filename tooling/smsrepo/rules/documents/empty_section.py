"""A heading alone says nothing."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.words import count
from smsrepo.rules.rule import ERROR, Context, rule


@rule("empty-section", severity=ERROR)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A required section of an issued document has hardly any text."""
    for document in repo.artefacts:
        if document.status != "issued" or not document.type.sections:
            continue
        lines = {heading.anchor: heading.line for heading in document.headings}
        for section in document.type.sections:
            words = document.words_in(section.id)
            if section.id in lines and words < section.min_words:
                found = count(words, "word")
                message = (
                    f"the section “{section.title}” has {found}; expected are at least {section.min_words}"
                )
                yield document.flaw_at(lines[section.id], 1, message, section.help, section.requirements)
