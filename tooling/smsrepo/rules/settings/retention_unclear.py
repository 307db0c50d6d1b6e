"""Every type of record has one period for which it is kept."""

from collections.abc import Iterator

from smsrepo.control.matrix import Retention
from smsrepo.control.settings import CONTROL
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("retention-unclear", severity=ERROR, requirements=["4.3.3-s2.6"], reads=["control"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A type of record stands in no class of the retention schedule, or in more than one."""
    first: dict[str, Retention] = {}
    for number, kept in enumerate(on.settings.retention_classes):
        for place, name in enumerate(kept.types):
            if first.setdefault(name, kept) is not kept:
                yield Flaw(
                    CONTROL,
                    f"records of type `{name}` stand in the class {first[name].class_} already",
                    "Leave the type in one class: only that one says how long its records are kept.",
                    f"/retention/{number}/types/{place}",
                )
    for type_ in repo.types.values():
        if type_.is_record and type_.name not in first:
            yield Flaw(
                type_.schema_path,
                f"no class of the retention schedule has records of type `{type_.name}`",
                f"Add the type to the class in {CONTROL} whose period, protection and disposal fit, or add a class.",
                line=1,
                column=1,
            )
