"""What the main branch holds that still waits for reviews, and the statements that the reviews there are amount to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from smsrepo.check.reviews import Brought, ReviewedCommit, Waiting, brought, platform_acts, waiting
from smsrepo.control.acts import Court, Written
from smsrepo.control.lineage import Act
from smsrepo.control.people import Collector
from smsrepo.control.refusal import Refusal, RefusedError
from smsrepo.control.replay import Replay
from smsrepo.control.settings import Settings
from smsrepo.control.statement import SIGNATURE, Statement, Subject
from smsrepo.errors import UserError
from smsrepo.model.forge_facts import PullRequest
from smsrepo.model.history import History, Step


@dataclass(frozen=True, eq=False)
class Recording:
    """`court` judges statements that enter the main branch now; `waiting` is by the commit that brought it."""

    court: Court
    waiting: Mapping[str, tuple[Waiting, ...]]

    @property
    def settings(self) -> Settings:
        """The settings by which the statements will be judged."""
        return self.court.policy.settings

    def statements(
        self, commits: Collection[str], pull: PullRequest, reviewed: Mapping[str, ReviewedCommit]
    ) -> tuple[list[Statement], list[Refusal]]:
        """One statement for each person, role and action of a merged pull request; and why other reviews do not count.

        `commits` are the steps of the main branch that the pull request brought.
        """
        open_ = [one for commit in commits for one in self.waiting[commit]]
        acts, refused = platform_acts(open_, self.court, pull, reviewed)
        return _grouped(acts), refused

    def collector(self, statements: Iterable[Statement], line: str) -> Collector:
        """Whose key (`TYPE BASE64`) it is; raises UserError where the key may not sign one of the statements today."""
        from smsrepo.ssh.keys import read_public

        own = read_public(line)
        try:
            for said in statements:
                self.court.signer(said, own.line)
        except RefusedError as error:
            raise UserError(
                f"this key cannot record reviews: {error.reason}", error.hint or _REGISTER
            ) from error
        found = (c for c in self.settings.collectors.values() for key in c.keys if key.line == own.line)
        collector = next(found, None)
        if collector is None:
            raise UserError("this key is not that of a collector in sms/people.yml", _REGISTER)
        return collector

    def refuse_what_would_not_count(self, files: Mapping[str, bytes]) -> None:
        """Judge statements with their signatures (by path) as they will be judged; raises UserError for the first."""
        for path, content in files.items():
            if path.endswith(SIGNATURE):
                continue
            for verdict in self.court.judge(Written(path, content, files.get(path + SIGNATURE))):
                if isinstance(verdict, Refusal):
                    raise UserError(
                        f"nothing was written, for it would not count: {verdict.reason}", verdict.hint
                    )


_REGISTER = "Register the workflow's public key under `collectors` in sms/people.yml; it counts once that is approved."


def recording(history: History, now: datetime) -> Recording:
    """What waits at the end of a history, and how statements that enter now would be judged."""
    replay = Replay(history)
    things: dict[str, list[Brought]] = {}
    for moment in replay.run():
        things[moment.step.commit] = list(brought(moment))
    last = (history.steps or (replay.genesis,))[-1]
    step = Step("", last.commit, now, max(now, last.entered), ())
    open_ = {commit: tuple(waiting(those, replay)) for commit, those in things.items()}
    court = replay.court(replay.policy, step)
    return Recording(court, {commit: those for commit, those in open_.items() if those})


def _grouped(acts: Iterable[Act]) -> list[Statement]:
    groups: dict[tuple[str, str, str], tuple[Statement, list[Subject]]] = {}
    for act in acts:
        said = act.statement
        _, subjects = groups.setdefault((said.person, said.role, said.action), (said, []))
        if act.subject not in subjects:
            subjects.append(act.subject)
    return [replace(said, subjects=tuple(subjects)) for said, subjects in groups.values()]
