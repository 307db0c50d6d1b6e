"""The history of a repository, read in one pass: the steps of a branch, and who wrote what they brought."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from smsrepo.errors import CannotRunError
from smsrepo.git.door import RAW, changes_in, committed_at, full, moment
from smsrepo.git.process import reading, run
from smsrepo.git.signatures import signing_keys
from smsrepo.model.history import Blob, Change, Step

# The message is read whole: git's own reading of trailers can be configured, and looks at the last paragraph only.
_FIELDS = "%H%x00%P%x00%ct%x00%ae%x00%ce%x00%B%x00"
_LOG = (
    f"--format={_FIELDS}", "--root", "--diff-merges=first-parent", *RAW, "-O/dev/null", "--no-mailmap", "--no-notes",
    "--no-color", "--no-decorate", "--no-show-signature", "--encoding=UTF-8",
)  # fmt: skip
_CO_AUTHOR = re.compile(rb"^[ \t]*co-authored-by[ \t]*:(.*)$", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(rb"<([^<>]*)>|([^\s<>,;]+@[^\s<>,;]+)")


class _Commit(NamedTuple):
    """A commit with its changes against its first parent; `makers` are its author and committer.

    A mail git cannot read is "".
    """

    id: str
    parents: tuple[str, ...]
    claimed: datetime
    makers: frozenset[str]
    co_authors: frozenset[str]
    changes: tuple[Change, ...]

    @property
    def people(self) -> frozenset[str]:
        """Everyone it names."""
        return self.makers | self.co_authors


def steps(root: Path, commit: str) -> list[Step]:
    """Every first-parent step from the first commit to `commit` (a full id), oldest first.

    Paths count from `root`; a step that changed nothing below it is there, without changes. The parent of the first
    is "". Someone whose mail a commit does not give counts as "". Raises CannotRunError for a history with holes
    or stand-ins (refuse_incomplete).
    """
    refuse_incomplete(root)
    commits = _commits(root, full(commit))
    entered = datetime.min.replace(tzinfo=UTC)
    seen: set[str] = set()
    found = []
    for id_ in _first_parents(commits, commit):
        here = commits[id_]
        seen.add(id_)
        entered = max(entered, here.claimed)
        brought = _brought(commits, here, seen)
        alone = len(here.parents) < 2
        found.append(
            Step(
                commit=id_,
                parent=here.parents[0] if here.parents else "",
                claimed=here.claimed,
                entered=entered,
                changes=here.changes,
                authors=dict.fromkeys((c.path for c in here.changes), here.people)
                if alone
                else _authors_of_merge(here, brought),
                unseparated=here.co_authors - here.makers if alone else frozenset(),
            )
        )
    return found


def first_day(root: Path, commit: str) -> date | None:
    """The day (in UTC) of the first commit before `commit` (a full id); None in a shallow clone, which lacks it."""
    if os.fsdecode(run(root, "rev-parse", "--is-shallow-repository").stdout).strip() == "true":
        return None
    listed = run(root, "rev-list", "--first-parent", "--max-parents=0", full(commit)).stdout
    first = os.fsdecode(listed).strip()
    return committed_at(root, [first])[first].date()


class Pulled(NamedTuple):
    """What a branch brings: who wrote each path, as mails in small letters; and who is named only as co-author where
    the branch is a single commit, as a merge queue makes it. Several commits tell themselves who wrote what.
    """

    authors: Mapping[str, frozenset[str]]
    squashed: frozenset[str]


def pulled(root: Path, base: str, head: str) -> Pulled:
    """What the commits of `head` that `base` (full ids) does not have tell about their authors.

    A merge among them counts for every path that differs from its first parent. Raises as steps() does.
    """
    refuse_incomplete(root)
    commits = _commits(root, full(head), f"^{full(base)}")
    only = commits.get(head)
    alone = only is not None and len(commits) == 1 and only.parents == (base,)
    return Pulled(
        _people_by_path(commits.values()), only.co_authors - only.makers if only and alone else frozenset()
    )


def refuse_incomplete(root: Path) -> None:
    """Raise CannotRunError where history has holes or stand-ins, so that nothing could be said of it honestly.

    That is: no repository, no commit, a shallow or partial clone, replaced objects, grafts.
    """
    asked = ("--path-format=absolute", "--is-shallow-repository", "--git-path", "info/grafts")
    shallow, grafts = os.fsdecode(run(root, "rev-parse", *asked).stdout).split("\n", 1)
    if shallow == "true":
        raise CannotRunError(
            "this is a shallow clone: its history is cut off",
            "Fetch the rest: git fetch --unshallow. In a CI workflow, fetch the whole history (fetch-depth: 0).",
        )
    if Path(grafts.removesuffix("\n")).exists():
        raise CannotRunError(
            "this repository has grafts: they give commits other parents than they have",
            f"Look at what they hide, then delete {grafts.strip()}.",
        )
    refs = run(root, "show-ref", "--head", check=False).stdout.splitlines()
    if any(ref.split(b" ", 1)[1].startswith(b"refs/replace/") for ref in refs):
        raise CannotRunError(
            "this repository has replaced objects: they stand in for what was committed",
            "List them with git replace --list, and delete them with git replace --delete.",
        )
    if not refs and "GIT_QUARANTINE_PATH" not in os.environ:
        raise CannotRunError("this repository has no commit yet", "Commit something, then try again.")
    _refuse_partial(root)


def _refuse_partial(root: Path) -> None:
    wanted = r"^(extensions\.partialclone|remote\..*\.promisor)$"
    listing = run(root, "config", "-z", "--get-regexp", wanted, check=False).stdout
    for line in os.fsdecode(listing).split("\0")[:-1]:
        name, _, value = line.partition("\n")
        if name == "extensions.partialclone" or value.lower() not in ("false", "no", "off", "0"):
            raise CannotRunError(
                "this is a partial clone: some of its content is elsewhere",
                "Clone it again without --filter. Or fetch the rest with git fetch --refetch --no-filter, "
                f"then say that it is whole: git config --unset {name}",
            )


def _commits(root: Path, *revisions: str) -> dict[str, _Commit]:
    read = reading(root, "log")
    output = read.run(*_LOG, f"--relative={read.prefix}", *revisions, "--").stdout
    commits = {commit.id: commit for commit in _parsed(output.split(b"\0"))}
    for id_, key in signing_keys(root, commits).items():
        commits[id_] = commits[id_]._replace(makers=commits[id_].makers | {key})
    return commits


def _parsed(words: list[bytes]) -> Iterator[_Commit]:
    """Six fields and an empty word for each commit; then, if it has changes, pairs that start with a colon."""
    at, end = 0, len(words) - 1
    while at < end:
        id_, parents, time, author, committer, message = words[at : at + 6]
        at += 7
        start = at
        while at < end and words[at].lstrip(b"\n").startswith(b":"):
            at += 2
        differing = words[start:at]
        if differing:
            differing[0] = differing[0].lstrip(b"\n")
        co_authors = frozenset(_co_authors(message))
        yield _Commit(
            id=id_.decode(),
            parents=tuple(parents.decode().split()),
            claimed=moment(id_.decode(), time),
            makers=frozenset((_small(author), _small(committer))),
            co_authors=co_authors,
            changes=tuple(changes_in(differing)),
        )


def _co_authors(message: bytes) -> Iterator[str]:
    for line in _CO_AUTHOR.findall(message):
        for bracketed, bare in _MAIL.findall(line):
            yield _small(bracketed or bare)


def _small(mail: bytes) -> str:
    return mail.decode("utf-8", "replace").strip().lower()


def _first_parents(commits: Mapping[str, _Commit], commit: str) -> list[str]:
    line = [commit]
    while parents := commits[line[-1]].parents:
        line.append(parents[0])
    return line[::-1]


def _brought(commits: Mapping[str, _Commit], merge: _Commit, seen: set[str]) -> list[_Commit]:
    """The commits that came with a merge: reached from its other parents, and not before. They become seen."""
    found, open_ = [], list(merge.parents[1:])
    while open_:
        id_ = open_.pop()
        if id_ not in seen:
            seen.add(id_)
            found.append(commits[id_])
            open_.extend(commits[id_].parents)
    return found


def _authors_of_merge(merge: _Commit, brought: Iterable[_Commit]) -> dict[str, frozenset[str]]:
    """The authors of what was brought; the merge's own where it has content that no brought commit gave."""
    given: dict[str, set[Blob | None]] = defaultdict(set)
    people = _people_by_path(brought)
    for commit in brought:
        for change in commit.changes:
            given[change.path].add(change.after)
    nobody: frozenset[str] = frozenset()
    return {
        change.path: people.get(change.path, nobody)
        | (nobody if change.after in given[change.path] else merge.people)
        for change in merge.changes
    }


def _people_by_path(commits: Iterable[_Commit]) -> dict[str, frozenset[str]]:
    """Who wrote each path, and who wrote the same bytes at a path that went away: moving a file hides no author."""
    people: dict[str, set[str]] = defaultdict(set)
    places: dict[Blob, set[str]] = defaultdict(set)
    gone: set[str] = set()
    for commit in commits:
        for path, before, after in commit.changes:
            people[path] |= commit.people
            if after is None:
                gone.add(path)
            places[after or before].add(path)  # type: ignore[index] # a change has one of the two
    movers = [
        (paths, frozenset().union(*(people[path] for path in paths & gone))) for paths in places.values()
    ]
    for paths, mails in movers:
        for path in paths:
            people[path] |= mails
    return {path: frozenset(mails) for path, mails in people.items()}
