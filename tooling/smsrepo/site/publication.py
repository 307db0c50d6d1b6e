"""What is published: the snapshot with everything computed from it, and where each thing has its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from smsrepo.check.engine import Report
from smsrepo.check.verify import Proof
from smsrepo.conformity import crosswalk, ledger
from smsrepo.conformity.coverage import Covered
from smsrepo.conformity.crosswalk import Crosswalk
from smsrepo.conformity.ledger import Ledger
from smsrepo.control.editions import Edition
from smsrepo.control.register import Register
from smsrepo.control.settings import Settings
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.ids import ID
from smsrepo.model.links import link_path
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import Rule
from smsrepo.site.text.distinct import distinct, fit
from smsrepo.site.text.glossary_terms import Glossary
from smsrepo.site.text.markup import link, plain

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


@dataclass(frozen=True, eq=False)
class Publication:
    """Everything page builders read. Paths of pages are relative to the root of the site.

    `rule_texts` holds the Markdown page of each rule, so that builders need no file; `attached` the approved bytes of
    what is attached to documents in force, by path. `another_day` says that `as_of` is not the present,
    `to_come` that it lies after it.
    `register` answers from the history, `proof` says what is wrong with it, of another day only what known_on leaves;
    both are None before document control began.
    """

    repo: Repo
    report: Report
    coverage: Sequence[Covered]
    settings: Settings
    rules: Mapping[str, Rule]
    rule_texts: Mapping[str, str]
    as_of: date
    directory_urls: bool = True
    attached: Mapping[str, bytes] = field(default_factory=dict)
    editions: Mapping[str, tuple[Edition, ...]] = field(default_factory=dict)
    contents: Mapping[str, bytes] = field(default_factory=dict)
    site_url: str = ""
    another_day: bool = False
    to_come: bool = False
    register: Register | None = None
    proof: Proof | None = None

    @cached_property
    def control_began(self) -> date | None:
        """The day on which document control began, where `as_of` lies before it: nothing is proven of such a day."""
        began = self.register.replay.genesis.day if self.register else None
        return began if began and self.as_of < began else None

    @cached_property
    def page_paths(self) -> Mapping[str, str]:
        """The page of each artefact by its path: folder and id, whatever the title in the file name."""
        wanted: dict[str, str] = {}
        for artefact in self.repo.artefacts:
            folder, _, name = artefact.path.rpartition("/")
            own = ID.fullmatch(artefact.id) and self.repo.by_id[artefact.id] is artefact
            wanted[artefact.path] = fit(f"{folder}/{artefact.id if own else name}")
        return {path: f"{page}.md" for path, page in distinct(wanted).items()}

    @cached_property
    def type_names(self) -> Mapping[str, str]:
        """The names of types as pages are called after them."""
        return distinct({name: fit(name) for name in self.repo.types})

    @cached_property
    def shelves(self) -> Mapping[str, tuple[ArtefactType, ...]]:
        """Types by the folder they share; each folder has one index page."""
        found: dict[str, list[ArtefactType]] = {}
        for type_ in sorted(self.repo.types.values(), key=lambda t: (t.folder, t.plural)):
            found.setdefault(type_.folder, []).append(type_)
        return {folder: tuple(types) for folder, types in found.items()}

    @cached_property
    def covered(self) -> Mapping[str, Covered]:
        """Requirements by id."""
        return {row.requirement.id: row for row in self.coverage}

    @cached_property
    def ledger(self) -> Ledger:
        """The requirements, and what each clause is about."""
        return ledger.read(self.repo)

    @cached_property
    def glossary(self) -> Glossary:
        """The words that pages explain where they first use them."""
        return Glossary(self.repo, self.settings)

    @cached_property
    def crosswalks(self) -> tuple[Crosswalk, ...]:
        """The views from other texts; without entries, where the file cannot be used."""
        return tuple(crosswalk.read(self.repo, name) for name in crosswalk.names(self.repo))

    @cached_property
    def images(self) -> frozenset[str]:
        """The pictures that documents show: they are published where they lie in the repository."""
        linked = (link_path(a.path, each.target) for a in self.repo.artefacts for each in a.links)
        return frozenset(
            path for path in linked if path in self.repo.paths and path.lower().endswith(_PICTURES)
        )

    @cached_property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """What each catalogue entry depends on, by id, as far as it is in the catalogue."""
        found: dict[str, dict[str, None]] = {}
        for reference in self.repo.references:
            target = self.repo.find(reference.target)
            if target and reference.source.type.kind == target.type.kind == "catalogue":
                found.setdefault(reference.source.id, {})[reference.target] = None
        return {id_: tuple(targets) for id_, targets in found.items()}

    @cached_property
    def needed_by(self) -> Mapping[str, tuple[str, ...]]:
        """What depends on each catalogue entry, by id."""
        found: dict[str, dict[str, None]] = {}
        for id_, targets in self.needs.items():
            for target in targets:
                found.setdefault(target, {})[id_] = None
        return {id_: tuple(sources) for id_, sources in found.items()}

    def to(self, page: str, target: str, label: str) -> str:
        """A link from one page to another page (a path of the site, with or without #anchor)."""
        return link(label, "../" * page.count("/") + target)

    def artefact(self, page: str, artefact: Artefact, label: str = "") -> str:
        """A link to the page of an artefact; its id and title unless a label (Markdown) is given."""
        return self.to(
            page, self.page_paths[artefact.path], label or plain(f"{artefact.id} {artefact.title}".strip())
        )

    def reference(self, page: str, id_: str) -> str:
        """A link to the artefact with an id; only the id where there is none."""
        found = self.repo.find(id_)
        return self.artefact(page, found) if found else plain(id_)

    def role(self, page: str, role: str) -> str:
        """The name of a role, linked to its duties."""
        found = self.settings.roles.get(role)
        return self.to(page, f"roles.md#{found.id}", plain(found.name)) if found else plain(role)

    def person(self, page: str, person: str) -> str:
        """The name of a person, linked to the roles held."""
        found = self.settings.people.get(person)
        return self.to(page, f"roles.md#person-{found.id}", plain(found.name)) if found else plain(person)

    def requirement(self, page: str, id_: str, label: str = "") -> str:
        """A link to a row of the requirements."""
        return (
            self.to(page, f"requirements/clause-{id_[:1]}.md#{id_}", label or id_)
            if id_ in self.covered
            else plain(id_)
        )

    def rule(self, page: str, id_: str) -> str:
        """A link to the page of a rule."""
        return self.to(page, f"rules/{id_}.md", id_) if id_ in self.rules else plain(id_)

    def kept(self, page: str, type_: ArtefactType) -> str:
        """The name of a type, linked to everything of it."""
        return self.to(page, f"{type_.folder}/index.md", plain(type_.plural))

    def address(self, page: str, target: str) -> str:
        """The relative web address of another page, for links that engines do not rewrite (in drawings)."""
        if not self.directory_urls:
            return "../" * page.count("/") + target.removesuffix(".md") + ".html"
        depth = page.count("/") + (0 if page.rpartition("/")[2] == "index.md" else 1)
        folder, _, name = target.removesuffix(".md").rpartition("/")
        path = f"{folder}/{'' if name == 'index' else f'{name}/'}".lstrip("/")
        return "../" * depth + path or "./"

    def of_kind(self, *kinds: str) -> list[ArtefactType]:
        """The types of these kinds, by plural."""
        return sorted((t for t in self.repo.types.values() if t.kind in kinds), key=lambda t: t.plural)
