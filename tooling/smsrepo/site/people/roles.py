"""Who answers for what: roles with duties and holders, and people with their roles."""

from smsrepo.control.settings import Role
from smsrepo.site.page import Page, Rank
from smsrepo.site.people.responsibilities import PARTS, processes, shares
from smsrepo.site.people.responsibilities import PATH as RESPONSIBILITIES
from smsrepo.site.publication import Publication
from smsrepo.site.text.markup import badge, blocks, bullets, plain, table

PATH = "roles.md"
_TOP = "Top management"


def roles_page(publication: Publication) -> Page:
    """Roles first, people after."""
    settings = publication.settings
    who = [[_name(publication, role), _holders(publication, role)] for role in settings.roles.values()]
    text = blocks(
        "# Roles and people",
        f"Documents name roles; here it says who holds them, as of {publication.as_of}.",
        table(["Role", "Held by"], who) if who else "No role is defined yet.",
        _matrix(publication),
        "## Roles",
        *(_role(publication, role) for role in settings.roles.values()),
        "## People",
        table(["Person", "Roles", "From", "To"], _people(publication)),
    )
    return Page(PATH, "Roles and people", text, "sms/roles.yml", rank=Rank.ROLES)


def _name(publication: Publication, role: Role) -> str:
    marked = role.top_management and _TOP.lower() not in role.name.lower()
    mark = f" {badge(_TOP, 'plain')}" if marked else ""
    return f"{publication.role(PATH, role.id)}{mark}"


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
        _parts(publication, role),
    )


def _matrix(publication: Publication) -> str:
    if not processes(publication):
        return ""
    link = publication.to(PATH, RESPONSIBILITIES, "Responsibilities in the processes")
    return f"{link}: which role answers for what, does it, is asked or is told."


def _parts(publication: Publication, role: Role) -> str:
    """The processes in which the role has a part, by the heaviest part it has there."""
    found: dict[str, list[str]] = {}
    for share in shares(publication, role.id):
        part = next(iter(share.activities))
        page = publication.page_paths[share.process.path]
        link = publication.to(PATH, f"{page}#responsibilities", plain(share.process.title))
        found.setdefault(part, []).append(link)
    lines = [f"{part.capitalize()}: {', '.join(found[part])}" for part in PARTS if part in found]
    return blocks("**In the processes**", bullets(lines)) if lines else ""


def _people(publication: Publication) -> list[list[str]]:
    rows = []
    for person in publication.settings.people.values():
        held = [a for a in publication.settings.assignments if a.person == person.id]
        roles = [publication.role(PATH, a.role) + (f" (to {a.end})" if a.end else "") for a in held]
        name = f'<span id="person-{person.id}">{plain(person.name)}</span>'
        rows.append([name, ", ".join(roles) or "–", str(person.active_from), str(person.active_to or "")])
    return rows
