"""Makes a history of the story: every merged pull request a commit, with the statements that belong to it."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from smsrepo.control import statement
from smsrepo.control.digest import ABSENT, Member, document_digest, genesis_digest, sha256
from smsrepo.control.statement import MEANINGS, SIGNATURE, Statement, Subject
from smsrepo.git.commits import Commit
from smsrepo.load import front_matter
from smsrepo.load.history import GENESIS
from smsrepo.load.source import APPROVALS, CONTENT_FOLDERS
from smsrepo.load.yaml_dialect import parse
from smsrepo.pack import filing
from smsrepo.pack.begin import genesis_text
from smsrepo.pack.story import Act, Chapter, Story, Taking
from smsrepo.pack.story_keys import sign
from smsrepo.pack.story_texts import Texts, texts

_PEOPLE, _ORGANISATION = "sms/people.yml", "sms/sms.yml"
_MODE = "100644"
_FORGE = "github"
_FIRST_ACCOUNT = 7_100_001


def commits(story: Story, files: Mapping[str, bytes]) -> list[Commit]:
    """The history of a demonstration that ends with these files, sms/genesis.yml and sms/approvals/ not among them.

    Raises ValueError where the story does not lead there.
    """
    told = texts(files, story.earlier)
    named = {path for one in story.chapters for name in one.brings for path in told.matching(name)}
    left = filing.unnamed(files, named)
    chapters = [*story.chapters, *filing.filing(left, filing.practice_of(files, story.moved, story.ends))]
    past = _Past(story, told, frozenset(files) - named - frozenset(left))
    for chapter in sorted(chapters, key=lambda one: one.on):
        past.tell(chapter)
    wrong = {path for path in {*files, *past.tree} if files.get(path) != past.tree.get(path)}
    wrong = {path for path in wrong if path != GENESIS and not path.startswith(APPROVALS)}
    if wrong:
        raise ValueError(f"the story does not lead to the demonstration: {min(wrong)}")
    return past.commits


def genesis(files: Mapping[str, bytes], taking: Taking, day: date) -> bytes:
    """sms/genesis.yml for files that begin a history together."""
    members = [
        Member(_MODE, path, len(content), sha256(content))
        for path, content in files.items()
        if path.partition("/")[0] in CONTENT_FOLDERS and path != GENESIS
    ]
    return genesis_text(genesis_digest(members), day, taking.by, taking.statement).encode()


class _Past:
    """A history in the making: the tree after the last chapter, and what was approved last of every subject."""

    def __init__(self, story: Story, told: Texts, rest: frozenset[str]) -> None:
        self.story, self.texts, self.rest = story, told, rest
        self.tree: dict[str, bytes] = {}
        self.commits: list[Commit] = []
        self._approved: dict[str, str] = {}
        self._pull = 0
        self._repository = parse(told.files[_ORGANISATION].decode())["repository"]
        self._people = {one["id"]: one for one in parse(told.files[_PEOPLE].decode())["people"]}

    def tell(self, chapter: Chapter) -> None:
        """One merged pull request, and the reviews that the collector recorded after it."""
        self._pull += 1
        files = self.texts.brought(chapter.brings)
        if chapter.rest:
            files |= {path: self.texts.files[path] for path in sorted(self.rest)}
            files[GENESIS] = genesis(files, self.story.founded, chapter.on.date())
            self._approved = {path: self._digest(content) for path, content in files.items()}
        self.tree.update(files)
        subjects = {id(act): self._subjects(act) for act in (*chapter.signed, *chapter.reviewed)}
        for act in chapter.signed:
            files |= self._signed(self._statement(act, subjects[id(act)]), self._key(act))
        self._commit(chapter, files)
        recorded: dict[str, bytes] = {}
        for act in chapter.reviewed:
            recorded |= self._signed(self._review(act, subjects[id(act)]), self.story.collector)
        if recorded:
            message = f"Record the reviews of pull request {self._pull}\n"
            forge = self.story.forge
            self.commits.append(Commit(message, forge, forge, chapter.recorded, recorded))
            self.tree.update(recorded)
        self._note([*chapter.signed, *chapter.reviewed], subjects)

    def _commit(self, chapter: Chapter, files: Mapping[str, bytes]) -> None:
        names = [f"Co-authored-by: {self._identity(person)}" for person in chapter.co_authors]
        message = "\n".join([f"{chapter.says} (#{self._pull})", *([""] if names else []), *names]) + "\n"
        self.commits.append(
            Commit(message, self._identity(chapter.by), self.story.forge, chapter.on, dict(files))
        )
        self.tree.update(files)

    def _identity(self, person: str) -> str:
        return f"{self._people[person]['name']} <{self._people[person]['email']}>"

    def _key(self, act: Act) -> str:
        old, until = self.story.old_keys.get(act.person, ("", datetime.min))
        return old if old and act.at < until else act.person

    def _subjects(self, act: Act) -> tuple[Subject, ...]:
        return tuple(self._subject(name) for name in act.subjects)

    def _subject(self, name: str) -> Subject:
        content = self.tree[self.texts.path(name)]
        if "/" in name:
            return Subject("policy", name, "", self._digest(content), self._approved.get(name, ABSENT))
        revision = str(_header(content).get("revision", ""))
        return Subject("document", name, revision, self._digest(content), self._approved.get(name, ""))

    def _statement(self, act: Act, subjects: tuple[Subject, ...]) -> Statement:
        return Statement(
            self._repository, act.action, act.person, self._people[act.person]["name"], act.role, MEANINGS[act.action],
            act.at, "signed", subjects, act.reason,
        )  # fmt: skip

    def _review(self, act: Act, subjects: tuple[Subject, ...]) -> Statement:
        """What the collector says of a review. The commit that was reviewed went with its branch."""
        login = self._people[act.person]["accounts"][_FORGE]
        number = self._pull * 10 + list(self._people).index(act.person)
        commit = hashlib.sha1(
            f"branch of pull request {self._pull}".encode(), usedforsecurity=False
        ).hexdigest()
        evidence = {
            "forge": _FORGE, "review": number, "login": login, "commit": commit,
            "user": _FIRST_ACCOUNT + list(self._people).index(act.person),
            "url": f"https://github.example/harbourline/sms/pull/{self._pull}#pullrequestreview-{number}",
        }  # fmt: skip
        signed = self._statement(act, subjects)
        return Statement(
            signed.repository, signed.action, signed.person, signed.name, signed.role, signed.meaning, signed.signed_at,
            "platform", subjects, signed.reason, evidence,
        )  # fmt: skip

    def _signed(self, said: Statement, key: str) -> dict[str, bytes]:
        content = statement.render(said)
        path = statement.path_of(said, content)
        return {path: content, path + SIGNATURE: sign(content, key)}

    def _note(self, acts: Iterable[Act], subjects: Mapping[int, tuple[Subject, ...]]) -> None:
        for act in acts:
            if act.action in ("approve", "withdraw"):
                self._approved.update((one.name, one.digest) for one in subjects[id(act)])

    def _digest(self, content: bytes) -> str:
        return document_digest([Member(_MODE, ".", len(content), sha256(content))])


def _header(content: bytes) -> Mapping[str, Any]:
    text = content.decode()
    header = front_matter.split(text).header if text.startswith(front_matter.FENCE) else text
    found: Mapping[str, Any] = parse(header)
    return found
