"""The processes of clauses 5 to 9: the type of each description, and the name that agreements use for it."""

from collections.abc import Iterator, Mapping

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo

PROCESSES: Mapping[str, str] = {
    "process-design-and-transition": "design-and-transition",
    "process-service-level-management": "service-level-management",
    "process-service-reporting": "service-reporting",
    "process-continuity-and-availability": "service-continuity-and-availability-management",
    "process-budgeting-and-accounting": "budgeting-and-accounting",
    "process-capacity-management": "capacity-management",
    "process-information-security": "information-security-management",
    "process-business-relationship": "business-relationship-management",
    "process-supplier-management": "supplier-management",
    "process-incident-and-request": "incident-and-service-request-management",
    "process-problem-management": "problem-management",
    "process-configuration-management": "configuration-management",
    "process-change-management": "change-management",
    "process-release-and-deployment": "release-and-deployment-management",
}


def descriptions(repo: Repo) -> Iterator[Artefact]:
    """The descriptions of all processes, obsolete ones left out."""
    for type_ in PROCESSES:
        yield from repo.all(type_)


def in_agreements(repo: Repo, process: object) -> str:
    """The name that agreements use for the process with an id; empty where it is none."""
    found = repo.find(str(process))
    return PROCESSES.get(found.type.name, "") if found else ""
