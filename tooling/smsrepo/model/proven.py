"""What the history proves of a document, beside what its header declares."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Approval(NamedTuple):
    """Who approved a revision, as what, on which day, how: "signed", or "platform" for a review on a forge."""

    person: str
    role: str
    on: date
    assurance: str


@dataclass(frozen=True, slots=True)
class Proven:
    """Where a document stands on the day of the snapshot, which then holds the text of its revision in force.

    `state` is one of the states of a revision ("effective", "in review" …), `since` the day from which the revision
    applies, `rewritten` the day from which the first one with its major number applied, `reviews` the last recorded
    review without change, by everybody who signed it on that day. `taken_over` is the day on which control began, for
    what was issued then; `adopted` says that it has not been approved since. `newest` names a newer revision that is
    not in force, with its state ("1.2, in review"), or "". `altered`: the main branch holds other content than this
    approved one, and no higher number tells the two apart. `suspect` says why the approval is in doubt, or "".
    """

    state: str
    in_force: bool
    since: date | None = None
    approvals: tuple[Approval, ...] = ()
    taken_over: date | None = None
    adopted: bool = False
    reviews: tuple[Approval, ...] = ()
    rewritten: date | None = None
    next_review: date | None = None
    newest: str = ""
    altered: bool = False
    suspect: str = ""
