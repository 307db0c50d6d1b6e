"""In which of their roles a person can act on something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from smsrepo.control.approval import missing
from smsrepo.control.lineage import APPROVING, Act, standing
from smsrepo.control.matrix import Needed
from smsrepo.control.people import Person
from smsrepo.control.settings import Settings
from smsrepo.control.wording import Written, lacking
from smsrepo.errors import UserError
from smsrepo.model.closest import did_you_mean


@dataclass(frozen=True)
class Capacity:
    """A person on a day. `role` limits them to one of their roles; "" lets them act in all."""

    settings: Settings
    day: date
    person: Person
    role: str = ""

    @cached_property
    def held(self) -> tuple[str, ...]:
        """The roles in which the person acts; raises UserError where `role` is none of them."""
        roles = self.settings.roles_of(self.person.id, self.day, self.day)
        if self.role and self.role not in roles:
            known = ", ".join(sorted(roles)) or "none"
            raise UserError(
                f"{self.person.name} does not hold the role {self.role} on {self.day}",
                did_you_mean(
                    self.role, roles, f"Roles held: {known}. sms/assignments.yml says who holds which."
                ),
            )
        return tuple(sorted(role for role in roles if self.role in ("", role)))

    def one(self, fitting: Iterable[str], name: str) -> str:
        """The one role among the fitting ones in which the person acts; raises UserError for none or several."""
        known = [role for role in dict.fromkeys(fitting) if role]
        mine = [role for role in known if role in self.held]
        if not mine:
            needed = " or ".join(known) or "nobody, for sms/control.yml has no row for it"
            raise UserError(
                f"{name}: this is decided by {needed}; {self.person.name} holds {self._none()}",
                "sms/assignments.yml says who holds which role.",
            )
        if len(mine) > 1:
            raise UserError(
                f"{name}: several of your roles fit: {', '.join(mine)}", f"Choose one: --role {mine[0]}"
            )
        return mine[0]

    def needed(self, sufficient: Sequence[Needed], written: Written, name: str) -> list[str]:
        """The roles in which an approval by the person would bring something on; raises UserError for none.

        Any of the `sufficient` is enough; the first counts that the person can do something for.
        """
        acts = list(standing(written.acts))
        for needed in dict.fromkeys(sufficient):
            if roles := self._helpful(needed, acts, name):
                return roles
        me = self.person.name
        lacks = lacking(missing(sufficient[0], acts), self.settings, self.day, written)
        approved = self._has_approved(acts)
        why = f"{me} has approved it already; {lacks}" if approved else f"{lacks}; {me} holds {self._none()}"
        raise UserError(f"{name}: {why}", "Ask whoever is named.")

    def _helpful(self, needed: Needed, acts: list[Act], name: str) -> list[str]:
        lacks = missing(needed, acts)
        mine = [role for role in needed.approvers if role in self.held]
        if roles := [role for role in lacks.roles if role in mine]:
            return roles
        # Another person is missing whatever their role, or the person takes a rejection of their own back.
        one_more = lacks.persons > len(lacks.roles) and not self._has_approved(acts)
        return [self.one(mine, name)] if mine and (one_more or self.person.id in lacks.rejected_by) else []

    def _has_approved(self, acts: list[Act]) -> bool:
        return any(act.person == self.person.id and act.action in APPROVING for act in acts)

    def _none(self) -> str:
        if self.role:
            return f"other roles, and acts as {self.role}"
        return "no role that decides it" if self.held else "no role at all"
