"""Who answers for what: roles with duties and holders, and people with their roles."""

from smsrepo.control.settings import Role
from smsrepo.site.markup import badge, blocks, bullets, plain, table
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication

PATH = "roles.md"


def roles_page(publication: Publication) -> Page:
    """Roles first, people after."""
    settings = publication.settings
    who = [
        [
            publication.role(PATH, role.id),
            _holders(publication, role),
            badge("Top management", "plain") if role.top_management else "",
        ]
        for role in settings.roles.values()
    ]
    text = blocks(
        "# Roles and people",
        f"Documents name roles; here it says who holds them, as of {publication.as_of}.",
        table(["Role", "Held by", ""], who) if who else "No role is defined yet.",
        "## Roles",
        *(_role(publication, role) for role in settings.roles.values()),
        "## People",
        table(["Person", "Roles", "From", "To"], _people(publication)),
    )
    return Page(PATH, "Roles and people", text, "sms/roles.yml")


def _holders(publication: Publication, role: Role) -> str:
    held = [
        publication.person(PATH, person.id)
        for person in publication.settings.holders(role.id, publication.as_of)
    ]
    return ", ".join(held) or badge("Vacant", "bad")


def _role(publication: Publication, role: Role) -> str:
    return blocks(
        f"### {plain(role.name)} {{#{role.id}}}",
        plain(role.purpose),
        f"**Held by:** {_holders(publication, role)}",
        "**Duties**",
        bullets(map(plain, role.responsibilities)),
        "**May decide**",
        bullets(map(plain, role.authorities)),
    )


def _people(publication: Publication) -> list[list[str]]:
    rows = []
    for person in publication.settings.people.values():
        held = [a for a in publication.settings.assignments if a.person == person.id]
        roles = [publication.role(PATH, a.role) + (f" (to {a.end})" if a.end else "") for a in held]
        name = f'<span id="person-{person.id}">{plain(person.name)}</span>'
        rows.append([name, ", ".join(roles) or "–", str(person.active_from), str(person.active_to or "")])
    return rows
