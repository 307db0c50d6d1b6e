"""When document control began, and what was taken over then: how far back anything is proven."""

from smsrepo.model.words import count
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import code


def beginning(publication: Publication) -> str:
    """The day, the commit, the digest and the number of documents; empty before document control began."""
    register = publication.register
    if register is None:
        return ""
    genesis, digest = register.replay.genesis, register.replay.digest_at_genesis()
    return (
        f"Document control began on {genesis.day}, with commit {code(genesis.commit[:12])}. The digest of everything "
        f"there was then is {code(digest)}. {count(register.taken_over, 'document')} stood issued and were taken over: "
        "their earlier approval is not proven here."
    )
